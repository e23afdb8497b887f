import type { School } from '../school.ts';

/** What every page about a skill begins with. */
export function skillHead(school: School, id: string): { id: string; title: string; criterion: string } {
  const skill = school.curriculum.skills.get(id);
  return { id, title: skill?.title ?? id, criterion: skill?.criterion ?? '' };
}
