import type { Ctx } from '@edirae/engine';
import type { School } from '../school.ts';

/** What the engine is told beside the learner's state. */
export function engineContext(school: School, now: number): Ctx {
  return { graph: school.graph, now, curriculum: school.curriculumHash };
}
