import { forgetFamily, openDraft, own, ownFamily, ownSkill, type Draft } from './draft.ts';
import type { EventBodies, IssueFacts, LedgerEvent, NewEvent } from './events.ts';
import { foldAttempt } from './fold-attempt.ts';
import { foldCheckEnded, foldRetained } from './fold-pass.ts';
import { foldRetraction } from './fold-retraction.ts';
import { foldApplied, foldExplainEnded, foldExplainStarted, foldLabAid, foldLabGraded } from './fold-lab.ts';
import { placedReview } from './review-record.ts';
import { FRESH_AFTER } from './rule-numbers.ts';
import { getEstimator } from './estimator.ts';
import { emptyState, type GoalState, type LearnerState, type RecentAnswer } from './state.ts';

const DAY = 86_400_000;

const AID_ORDER = ['none', 'hint-1', 'hint-2', 'hint-3', 'mentor', 'solution'] as const;

/** The state after one more event. The argument is not changed; what the event leaves alone is shared. @throws Error on an estimator that is not held. */
export function foldEvent(state: LearnerState, event: LedgerEvent): LearnerState {
  const draft = openDraft(state);
  applyEvent(draft, event);
  return draft.state;
}

/** The state after a whole ledger, in its order. The same ledger gives the same state for ever. */
export function replay(events: Iterable<LedgerEvent>): LearnerState {
  const draft = openDraft(emptyState());
  for (const event of events) applyEvent(draft, event);
  return draft.state;
}

/** As `replay`, as if the learner had begun with that estimator and kept it. Facts and decisions stay as recorded. @throws Error if it is not held. */
export function replayUnder(estimator: string, events: Iterable<LedgerEvent>): LearnerState {
  const begun = { id: estimator, state: getEstimator(estimator).initial() };
  const draft = openDraft({ ...emptyState(), estimator: begun }, estimator);
  for (const event of events) applyEvent(draft, event);
  return draft.state;
}

/** The state after more events of its ledger, in their order: as {@link foldEvent} one by one, with one copy of what they change. */
export function foldEvents(state: LearnerState, events: Iterable<LedgerEvent>): LearnerState {
  const draft = openDraft(state);
  for (const event of events) applyEvent(draft, event);
  return draft.state;
}

/** The state after a decision's events at one moment, before they are in the ledger. */
export function foldNew(state: LearnerState, events: readonly NewEvent[], at: number): LearnerState {
  const draft = openDraft(state);
  for (const event of events) applyEvent(draft, { ...event, seq: draft.state.seq + 1, at });
  return draft.state;
}

function applyEvent(draft: Draft, event: LedgerEvent): void {
  if (event.type === 'adopted') applyAdopted(draft, event.body);
  else applyOne(draft, event, event.at);
  draft.state.seq = event.seq;
  draft.state.lastAt = Math.max(draft.state.lastAt, event.at);
}

/** A guest's event counts as it did then, at its own time, in sessions of its own. */
function applyAdopted(draft: Draft, body: EventBodies['adopted']): void {
  const { state } = draft;
  const { check, placement, explaining } = state;
  state.check = state.adopting?.check ?? null;
  state.placement = state.adopting?.placement ?? null;
  state.explaining = state.adopting?.explaining ?? null;
  draft.isAdopting = true;
  // The account rests on an estimator of its own.
  if (body.type !== 'learner-created' && body.type !== 'estimator-adopted')
    applyOne(draft, { type: body.type, body: body.body } as NewEvent, body.at);
  draft.isAdopting = false;
  state.adopting =
    state.check || state.placement || state.explaining
      ? { check: state.check, placement: state.placement, explaining: state.explaining }
      : null;
  state.check = check;
  state.placement = placement;
  state.explaining = explaining;
}

function applyOne(draft: Draft, event: NewEvent, at: number): void {
  const { state } = draft;
  switch (event.type) {
    case 'goal-set':
      // A guest's goal taken over later does not displace one stated since.
      if (state.goal === null || at >= state.goal.editedAt)
        state.goal = { ...event.body, setAt: at, editedAt: at };
      return;
    case 'track-edited':
      if (state.goal?.goalId === event.body.goalId) state.goal = edited(state.goal, event.body, at);
      return;
    case 'placement-started':
      state.placement = { ...event.body, startedAt: at, lastAnswerAt: at, answers: [] };
      return;
    case 'placement-ended':
      state.placement = null;
      state.placementsEnded += 1;
      return;
    case 'skills-placed':
      return foldPlaced(draft, event.body, at);
    case 'skills-opened':
      state.opened = [...state.opened, ...event.body.skills.filter((id) => !state.opened.includes(id))];
      return;
    case 'item-issued':
      return foldIssued(draft, event.body, at);
    case 'issue-voided':
      delete own(draft, 'openIssues')[event.body.issueId];
      return;
    case 'aid-given':
      return foldAid(draft, event.body);
    case 'attempt':
      return foldAttempt(draft, event.body, at);
    case 'check-started':
      state.check = { ...event.body, startedAt: at, lastAnswerAt: at, issued: [], answers: [] };
      return;
    case 'check-ended':
      return foldCheckEnded(draft, event.body, at);
    case 'stop-without-mastery':
      return foldStop(draft, event.body);
    case 'retained':
      return foldRetained(draft, event.body, at);
    case 'dispute-opened':
      state.tally = { ...state.tally, disputes: state.tally.disputes + 1 };
      return;
    case 'item-retracted':
      return foldRetraction(draft, event.body);
    case 'waiver':
      ownSkill(draft, event.body.skill).waived = { at, by: event.body.by };
      return;
    case 'lab-aid':
      return foldLabAid(draft, event.body, at);
    case 'lab-graded':
      return foldLabGraded(draft, event.body, at);
    case 'explain-started':
      return foldExplainStarted(draft, event.body, at);
    case 'explain-ended':
      return foldExplainEnded(draft, event.body, at);
    case 'applied':
      return foldApplied(draft, event.body, at);
    case 'learner-created':
      return beginWith(draft, event.body.estimator);
    case 'estimator-adopted':
      return foldEstimatorAdopted(draft, event.body);
    case 'account-claimed':
    case 'clock-shifted':
    case 'adopted':
      return;
  }
}

/** Before any answer only: evidence is never thrown away. @throws Error on an estimator that is not held. */
function beginWith({ state, imagined }: Draft, id: string | undefined): void {
  if (id === undefined || imagined !== null || state.tally.attempts > 0) return;
  state.estimator = { id, state: getEstimator(id).initial() };
}

/** Evidence stays what it was; what is believed of it is the new estimator's. @throws Error on an estimator that is not held */
function foldEstimatorAdopted(draft: Draft, body: EventBodies['estimator-adopted']): void {
  if (draft.imagined !== null) return;
  draft.state.estimator = { id: getEstimator(body.estimator).id, state: body.state };
  for (const [skill, { recent }] of Object.entries(draft.state.skills))
    if (recent.some((answer) => answer.trace))
      ownSkill(draft, skill).recent = recent.map((answer) => retraced(answer, body.traces[answer.issueId]));
}

function retraced(answer: RecentAnswer, trace: number[] | undefined): RecentAnswer {
  if (answer.trace === undefined) return answer;
  const { trace: _old, ...rest } = answer;
  return trace === undefined ? rest : { ...rest, trace };
}

function edited(goal: GoalState, body: EventBodies['track-edited'], at: number): GoalState {
  return { ...goal, ...body, editedAt: at };
}

function foldPlaced(draft: Draft, body: EventBodies['skills-placed'], at: number): void {
  for (const { skill } of body.skills) {
    const record = ownSkill(draft, skill);
    record.placed = { at, by: body.by };
    record.review ??= placedReview(at);
  }
}

function foldIssued(draft: Draft, facts: IssueFacts, at: number): void {
  own(draft, 'openIssues')[facts.issueId] = { ...facts, at, aid: 'none', hints: 0 };
  const issued = ownFamily(draft, facts.family);
  issued[facts.fingerprint] = Math.max(at, issued[facts.fingerprint] ?? 0);
  prune(draft, at);
  const { check } = draft.state;
  if (facts.place !== 'check' || check === null || check.checkId !== facts.sessionId) return;
  draft.state.check = { ...check, issued: [...check.issued, { family: facts.family, kind: facts.kind }] };
}

/** Forgets variants that are fresh again. Once a day is enough: freshness itself compares times. */
function prune(draft: Draft, at: number): void {
  if (at - draft.state.prunedAt < DAY) return;
  for (const family of Object.keys(draft.state.issuedAt)) {
    const issued = ownFamily(draft, family);
    for (const [fingerprint, last] of Object.entries(issued)) {
      if (at - last >= FRESH_AFTER) delete issued[fingerprint];
    }
    if (Object.keys(issued).length === 0) forgetFamily(draft, family);
  }
  draft.state.prunedAt = at;
}

function foldAid(draft: Draft, body: EventBodies['aid-given']): void {
  const issue = draft.state.openIssues[body.issueId];
  if (issue === undefined) return;
  const stronger = AID_ORDER.indexOf(body.aid) > AID_ORDER.indexOf(issue.aid);
  const hint = body.aid.startsWith('hint-') ? Number(body.aid.slice(5)) : 0;
  own(draft, 'openIssues')[body.issueId] = {
    ...issue,
    aid: stronger ? body.aid : issue.aid,
    hints: Math.max(issue.hints, hint),
  };
}

/** The row of not-yets starts anew after a stop. */
function foldStop(draft: Draft, body: EventBodies['stop-without-mastery']): void {
  const record = ownSkill(draft, body.skill);
  record.stopUntil = body.until;
  record.stopPropose = body.propose;
  record.checks = { ...record.checks, notYetInARow: 0 };
}
