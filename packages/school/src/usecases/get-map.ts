import { emptyState } from '@edirae/engine';
import { toSkillRow } from '../present/skill-rows.ts';
import type { Why } from '../present/why-in-track.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { SkillRowView } from '../views.ts';

export interface MapView {
  modules: { id: string; number: number; title: string }[];
  /** Every skill, in learning order. */
  skills: SkillRowView[];
  /** Skills whose content is written. */
  written: number;
}

/** The whole curriculum as a map, with the learner's states. @param learnerId null for a visitor */
export async function getMap(school: School, learnerId: string | null): Promise<MapView> {
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const state = reader?.state ?? emptyState();
  const now = reader?.now ?? school.clock();
  const context = { school, state, now, targets: state.goal?.targets ?? [], why: new Map<string, Why>() };
  const skills = school.graph.order.map((id) => toSkillRow(context, id));
  return {
    modules: school.curriculum.modules.map(({ id, number, title }) => ({ id, number, title })),
    skills,
    written: skills.filter((skill) => skill.written).length,
  };
}
