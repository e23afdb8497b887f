import { pinsOf } from './decide-check.ts';
import type { EventBodies, LabLine, NewEvent } from './events.ts';
import { timeOf, type Ctx } from './openings.ts';
import { APPLIED_SHARE, EXPLAIN_AGAIN_AFTER, EXPLAIN_RIGHT, SESSION_CLOSES_AFTER } from './rule-numbers.ts';
import type { ExplainState, LabRecord, LearnerState } from './state.ts';

/** What grading found out; what is known of the learner is added. */
export type GradedLab = Omit<EventBodies['lab-graded'], 'aid' | 'pins'>;

/** Records help with a lab: none that was recorded already. */
export function aidLab(state: LearnerState, body: EventBodies['lab-aid']): NewEvent[] {
  const record = state.labs[body.lab];
  const isKnown =
    (body.aid === 'mentor' && (record?.mentorAt ?? null) !== null) ||
    (body.aid === 'solution' && (record?.solutionAt ?? null) !== null) ||
    (body.aid === 'hint' && body.n !== undefined && body.n <= (record?.hints ?? 0));
  return isKnown ? [] : [{ type: 'lab-aid', body }];
}

/** Records a submission that ran. Nothing more follows from it: a pass counts once it was explained. */
export function gradeLab(state: LearnerState, ctx: Ctx, graded: GradedLab): NewEvent[] {
  const record = state.labs[graded.lab];
  const aid = {
    hints: record?.hints ?? 0,
    mentor: (record?.mentorAt ?? null) !== null,
    solution: (record?.solutionAt ?? null) !== null,
  };
  return [{ type: 'lab-graded', body: { ...graded, aid, pins: pinsOf(state, ctx) } }];
}

/** Whether questions about the learner's own work on a lab can be asked, and about which submission. */
export type ExplainGate =
  | { allowed: true; submissionId: string }
  | { allowed: false; why: 'not-passed' | 'aided' | 'explained' }
  | { allowed: false; why: 'wait'; until: number };

/** @param now epoch milliseconds */
export function explainGate(record: LabRecord | undefined, now: number): ExplainGate {
  if (record === undefined || record.passedAt === null) return { allowed: false, why: 'not-passed' };
  if (record.explainedAt !== null) return { allowed: false, why: 'explained' };
  if (record.pass === null) return { allowed: false, why: 'aided' };
  const until = record.notYetAt === null ? 0 : record.notYetAt + EXPLAIN_AGAIN_AFTER;
  return now < until
    ? { allowed: false, why: 'wait', until }
    : { allowed: true, submissionId: record.pass.submissionId };
}

/** Opens the questions about a submission. @throws Error where others are open, or the submission is not the one to explain */
export function startExplaining(
  state: LearnerState,
  ctx: Ctx,
  input: EventBodies['explain-started'],
): NewEvent[] {
  if (state.explaining !== null) throw new Error(`Questions are open already: ${state.explaining.explainId}`);
  const gate = explainGate(state.labs[input.lab], timeOf(state, ctx));
  if (!gate.allowed || gate.submissionId !== input.submissionId)
    throw new Error(`The submission ${input.submissionId} is not to be explained now`);
  return [{ type: 'explain-started', body: input }];
}

/** Closes the open questions: two right ones make the skills of the lab Applied. @throws Error where none are open */
export function endExplaining(
  state: LearnerState,
  ctx: Ctx,
  input: { reason: EventBodies['explain-ended']['reason']; right: number },
): NewEvent[] {
  const { explaining } = state;
  if (explaining === null) throw new Error('No questions are open');
  const { explainId, submissionId, lab, questions } = explaining;
  const outcome = input.right >= EXPLAIN_RIGHT ? 'explained' : 'not-yet';
  const pins = pinsOf(state, ctx);
  const ended: NewEvent = {
    type: 'explain-ended',
    body: {
      explainId,
      submissionId,
      lab,
      outcome,
      reason: input.reason,
      right: input.right,
      of: questions,
      pins,
    },
  };
  if (outcome === 'not-yet') return [ended];
  return [
    ended,
    ...appliedBy(state, explaining).map((body): NewEvent => ({ type: 'applied', body: { ...body, pins } })),
  ];
}

function appliedBy(state: LearnerState, { explainId, submissionId, lab }: ExplainState) {
  const pass = state.labs[lab]?.pass ?? null;
  if (pass === null || pass.submissionId !== submissionId) return [];
  const unreviewed = pass.lines.some(({ by }) => by === 'person');
  const skills = [...new Set(pass.lines.flatMap((line) => line.skills))];
  return skills.flatMap((skill) => {
    const share = shareOf(pass.lines, skill);
    if (share === null || share < APPLIED_SHARE || (state.skills[skill]?.appliedAt ?? null) !== null)
      return [];
    return [{ skill, lab, submissionId, explainId, share, assurance: 'explained-back' as const, unreviewed }];
  });
}

/** What was earned of the lines that carry a skill and that tests decide, 0..1; null where there are none. */
export function shareOf(lines: readonly LabLine[], skill: string): number | null {
  const carrying = lines.filter((line) => line.by === 'tests' && line.skills.includes(skill));
  const weight = carrying.reduce((sum, line) => sum + line.weight, 0);
  return weight === 0 ? null : carrying.reduce((sum, line) => sum + line.earned, 0) / weight;
}

/** Questions that nobody answered for 24 hours close as not explained. */
export function dueExplainEnd(state: LearnerState, ctx: Ctx): NewEvent[] {
  const { explaining } = state;
  if (explaining === null || timeOf(state, ctx) - explaining.startedAt < SESSION_CLOSES_AFTER) return [];
  return endExplaining(state, ctx, { reason: 'expired', right: 0 });
}
