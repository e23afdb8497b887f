import type { School } from '../school.ts';

/** Title of a skill; its id where the content no longer has it, so that an old ledger stays readable. */
export function skillTitle(school: School, id: string): string {
  return school.curriculum.skills.get(id)?.title ?? id;
}

export function familyTitle(school: School, id: string): string {
  return school.curriculum.families.get(id)?.title ?? id;
}

export function toNamed(school: School, ids: readonly string[]): { id: string; title: string }[] {
  return ids.map((id) => ({ id, title: skillTitle(school, id) }));
}
