import { beliefOf, isRefreshDue, stateOf, type Confidence, type StateName } from '@edirae/engine';
import { brierOf } from '../record/brier.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { ProgressView } from '../views.ts';

const CONFIDENCES: readonly Confidence[] = [25, 50, 75, 95];

/** All that is recorded, in numbers that say what they rest on. */
export async function getProgress(school: School, learnerId: string): Promise<ProgressView> {
  const { state, now, head, store } = await readSettled(school, learnerId);
  const ids = [...new Set([...(state.goal?.skills ?? []), ...Object.keys(state.skills)])].filter((id) =>
    school.graph.skills.has(id),
  );
  const counts: Record<StateName, number> = {
    new: 0,
    practising: 0,
    placed: 0,
    knows: 0,
    demonstrated: 0,
    retained: 0,
    applied: 0,
  };
  const skills = ids.map((id): ProgressView['skills'][number] => {
    const record = state.skills[id];
    const shown = stateOf(record);
    counts[shown] += 1;
    const flags: ProgressView['skills'][number]['flags'] = [];
    if (record && isRefreshDue(record, now)) flags.push('refresh-due');
    if (record?.marked) flags.push('marked');
    if (record?.waived) flags.push('waived');
    return {
      id,
      title: skillTitle(school, id),
      state: shown,
      flags,
      p: record ? beliefOf(state, school.graph, id, now) : null,
      demonstratedAt: record?.demonstratedAt ?? null,
      knowsAt: record?.knowsAt ?? null,
      retainedAt: record?.retainedAt ?? null,
      appliedAt: record?.appliedAt ?? null,
    };
  });
  const calibration = CONFIDENCES.map((said) => ({ said, ...state.calibration[said] }));
  return {
    skills,
    counts,
    answers: { total: state.tally.attempts, unaided: state.tally.unaided, aided: state.tally.aided },
    calibration,
    brier: brierOf(calibration),
    firstTries: state.firstTries,
    ledger: { length: head.seq, hash: head.hash },
    receipts: (await store.listReceipts()).map(({ id, skill, at }) => ({
      id,
      skill,
      title: skillTitle(school, skill),
      at,
    })),
  };
}
