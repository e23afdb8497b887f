import { own, ownSkill, type Draft } from './draft.ts';
import type { EventBodies } from './events.ts';
import type { LabRecord } from './state.ts';

/** The record of a lab that nothing has touched. */
function emptyLab(): LabRecord {
  return {
    graded: 0,
    lastAt: 0,
    hints: 0,
    mentorAt: null,
    solutionAt: null,
    passedAt: null,
    pass: null,
    explainedAt: null,
    notYetAt: null,
  };
}

function change(draft: Draft, lab: string, at: number, changed: (record: LabRecord) => Partial<LabRecord>) {
  const record = draft.state.labs[lab] ?? emptyLab();
  own(draft, 'labs')[lab] = { ...record, lastAt: at, ...changed(record) };
}

/** What was given stays given: help with a lab does not wear off. */
export function foldLabAid(draft: Draft, { lab, aid, n }: EventBodies['lab-aid'], at: number): void {
  change(draft, lab, at, (record) => {
    if (aid === 'hint') return { hints: Math.max(record.hints, n ?? record.hints + 1) };
    return aid === 'mentor' ? { mentorAt: record.mentorAt ?? at } : { solutionAt: record.solutionAt ?? at };
  });
}

/** Work on a lab is practice of the skills it carries. A pass can be explained if neither solution nor mentor came before it. */
export function foldLabGraded(draft: Draft, body: EventBodies['lab-graded'], at: number): void {
  const { submissionId, lab, status, lines } = body;
  change(draft, lab, at, (record) => {
    const graded = record.graded + 1;
    if (status !== 'passed') return { graded };
    const isOwn = record.mentorAt === null && record.solutionAt === null;
    return {
      graded,
      passedAt: record.passedAt ?? at,
      pass: isOwn ? { submissionId, at, lines } : record.pass,
    };
  });
  for (const line of lines)
    if (line.by === 'tests') for (const skill of line.skills) ownSkill(draft, skill).practisedAt ??= at;
}

export function foldExplainStarted(draft: Draft, body: EventBodies['explain-started'], at: number): void {
  draft.state.explaining = { ...body, startedAt: at };
}

export function foldExplainEnded(draft: Draft, body: EventBodies['explain-ended'], at: number): void {
  if (draft.state.explaining?.explainId !== body.explainId) return;
  draft.state.explaining = null;
  change(draft, body.lab, at, (record) =>
    body.outcome === 'explained' ? { explainedAt: record.explainedAt ?? at } : { notYetAt: at },
  );
}

/** The date stays for ever. A guest's work is worth nothing to an account that had been helped with the same lab before. */
export function foldApplied(draft: Draft, body: EventBodies['applied'], at: number): void {
  const { skill, lab, submissionId, assurance, unreviewed } = body;
  if (draft.isAdopting && draft.state.labs[lab]?.pass?.submissionId !== submissionId) return;
  const record = ownSkill(draft, skill);
  record.appliedAt ??= at;
  record.appliedBy ??= { lab, submissionId, assurance, unreviewed };
}
