import { chooseReviewSkill } from './choose-review.ts';
import type { Practisable } from './decide-check.ts';
import { beliefOf } from './estimator.ts';
import { owedPractice } from './gate.ts';
import { getSkill, type SkillGraph } from './graph.ts';
import { PASS_P } from './rule-numbers.ts';
import { hasPassed, isOpen, missingRequirements } from './standing.ts';
import type { LearnerState } from './state.ts';

/** The one thing to do next. `skill` is null where the step has none, or, for a review, must not tell. */
export interface NextStep {
  action: 'placement' | 'practice' | 'check' | 'review' | 'lab' | 'done';
  skill: string | null;
  /** The lab to work on; only with `lab`. */
  lab?: string;
  /** The reason, to the learner, in plain words. */
  why: string;
}

/** p from which practice gives way to a check. The check's own threshold: an earlier one would mostly end not yet. */
const READY_P = PASS_P;

/**
 * What to do next and why: an open session first, then what is due, then the track in its order. `now` in epoch ms.
 * @param practisable whether something fresh is left of a family to practise; by its author's mark alone where the caller does not know
 * @param labs those that prove what the goal asks for, in the order to do them
 */
export function nextStep(
  state: LearnerState,
  graph: SkillGraph,
  now: number,
  practisable: Practisable = markedAny(graph),
  labs: readonly string[] = [],
): NextStep {
  return (
    openSession(state) ??
    beginning(state) ??
    review(state, graph, now) ??
    onTrack(state, graph, now, practisable) ??
    work(state, labs) ??
    finished(state, graph)
  );
}

function markedAny(graph: SkillGraph): Practisable {
  return (id) =>
    [...graph.skills.values()].some((node) =>
      node.families.some((family) => family.id === id && family.use === 'any'),
    );
}

function openSession(state: LearnerState): NextStep | null {
  if (state.check) {
    return step(
      'check',
      state.check.skill,
      'Your check is still open and keeps your place. Go on where you left it.',
    );
  }
  if (state.placement)
    return step(
      'placement',
      null,
      'Your placement is still open. Each answer can spare you skills you know.',
    );
  return null;
}

function beginning(state: LearnerState): NextStep | null {
  if (state.goal === null)
    return step('done', null, 'You have no track yet. State a goal, and your track starts from it.');
  if (state.goal.skills.length === 0)
    return step('done', null, 'Your track holds no skills. Edit it or state another goal.');
  if (state.placementsEnded > 0 || state.tally.attempts > 0) return null;
  return step(
    'placement',
    null,
    'A short placement, at most 15 questions, finds what you know already, so that you can skip it.',
  );
}

function review(state: LearnerState, graph: SkillGraph, now: number): NextStep | null {
  if (chooseReviewSkill(state, graph, now) === null) return null;
  return step(
    'review',
    null,
    'A review is due. Answering now keeps what you have shown, and shows that it lasts.',
  );
}

function onTrack(
  state: LearnerState,
  graph: SkillGraph,
  now: number,
  practisable: Practisable,
): NextStep | null {
  const track = (state.goal?.skills ?? []).filter((id) => graph.skills.get(id)?.written === true);
  const todo = track.filter((id) => !hasPassed(state.skills[id]) && isOpen(state, graph, id));
  const going = todo.filter((id) => !isStopped(state, id, now));
  const ready = going.filter((id) => !isExhausted(state, graph, id, practisable));
  const unplaced = ready.filter((id) => (state.skills[id]?.placed ?? null) === null);
  const begun = latest(state, unplaced);
  const chosen = begun ?? unplaced[0];
  if (chosen !== undefined) return learn(state, graph, chosen, now, practisable);
  const stopped = todo.find((id) => isStopped(state, id, now));
  if (stopped !== undefined) return afterStop(state, graph, stopped);
  const placed = ready[0];
  if (placed === undefined) return going.length === 0 ? null : waitForFresh();
  return step('check', placed, 'This skill is placed, provisionally. Passing its check makes it yours.');
}

/** Practice is owed, and all that there is of it was seen in the last 90 days: more of it would only push the day away. */
function isExhausted(state: LearnerState, graph: SkillGraph, id: string, practisable: Practisable): boolean {
  const owed = owedPractice(state.skills[id], practisable);
  return owed.remaining > 0 && !getSkill(graph, id).families.some((family) => practisable(family.id));
}

function waitForFresh(): NextStep {
  return step(
    'done',
    null,
    'What is left of your track asks for fresh practice answers, and you have seen every question there is to practise. Each is fresh again 90 days after you last saw it.',
  );
}

/** The skill answered last, if it is one of these: finish before you start. */
function latest(state: LearnerState, ids: readonly string[]): string | undefined {
  const lastAt = (id: string): number => state.skills[id]?.lastAt ?? 0;
  return ids.filter((id) => lastAt(id) > 0).sort((a, b) => lastAt(b) - lastAt(a))[0];
}

function isStopped(state: LearnerState, id: string, now: number): boolean {
  const until = state.skills[id]?.stopUntil ?? null;
  return until !== null && now < until;
}

function learn(
  state: LearnerState,
  graph: SkillGraph,
  skill: string,
  now: number,
  practisable: Practisable,
): NextStep {
  const record = state.skills[skill];
  const owed = owedPractice(record, practisable);
  if (owed.remaining > 0) {
    const answers =
      owed.remaining === 1 ? 'One right practice answer' : `${owed.remaining} right practice answers`;
    return step(
      'practice',
      skill,
      `Your last check ended not yet. ${answers}, without help, and the next one opens.`,
    );
  }
  if (
    record !== undefined &&
    record.placedLost !== null &&
    record.placed === null &&
    record.checks.lastOutcome === null
  ) {
    return step(
      'practice',
      skill,
      'This skill was placed, and a later answer missed. Practise it, then take its check.',
    );
  }
  const { p, n } = beliefOf(state, graph, skill, now);
  if (n > 0 && p >= READY_P) {
    return step(
      'check',
      skill,
      `Your answers put p at ${decimals(p)}. The check asks for ${decimals(READY_P)}: you are ready for it.`,
    );
  }
  if (n === 0)
    return step(
      'practice',
      skill,
      'This skill is open, and the next in your track. Read its lesson, then practise.',
    );
  return step(
    'practice',
    skill,
    `You have begun this skill. p is ${decimals(p)} so far; from ${decimals(READY_P)} on, take its check.`,
  );
}

function afterStop(state: LearnerState, graph: SkillGraph, skill: string): NextStep {
  const propose = state.skills[skill]?.stopPropose ?? null;
  if (propose !== null && graph.skills.has(propose)) {
    return step(
      'practice',
      propose,
      'Three checks in a row ended not yet. This skill underlies it and is your weakest: practise it first.',
    );
  }
  return step(
    'practice',
    skill,
    'Three checks in a row ended not yet. Practise, or ask a person; the next check opens after twelve hours.',
  );
}

/** Once every skill of the track is passed: the first lab whose work was not explained yet, one that passed before the others. */
function work(state: LearnerState, labs: readonly string[]): NextStep | null {
  if ((state.goal?.skills ?? []).some((id) => !hasPassed(state.skills[id]))) return null;
  const left = labs.filter((id) => (state.labs[id]?.explainedAt ?? null) === null);
  const passed = left.find((id) => (state.labs[id]?.pass ?? null) !== null);
  const lab = passed ?? left[0];
  if (lab === undefined) return null;
  const why =
    passed === undefined
      ? 'You have passed the check of every skill in your track. A lab shows that you can use them.'
      : 'This lab is passed. Three questions about your own code are left, and its skills are applied.';
  return { ...step('lab', null, why), lab };
}

function finished(state: LearnerState, graph: SkillGraph): NextStep {
  const skills = state.goal?.skills ?? [];
  const left = skills.filter((id) => !hasPassed(state.skills[id]));
  if (left.length === 0) {
    return step(
      'done',
      null,
      'You have passed the check of every skill in your track. Nothing is due now; reviews come by themselves.',
    );
  }
  const unwritten = left.some((id) => graph.skills.get(id)?.written !== true);
  if (unwritten)
    return step('done', null, 'You have done all of your track that is written. The rest is being written.');
  const known = left.filter((id) => graph.skills.has(id));
  const locks = new Set(
    known.flatMap((id) => missingRequirements(state, graph, id)).map((id) => getSkill(graph, id).id),
  );
  return step(
    'done',
    null,
    `What is left is locked by ${locks.size} skills outside your track. Add them, or challenge a skill by a check.`,
  );
}

/** As the pages print a probability: .78. Rounded down, so that .80 is never shown for less. */
function decimals(p: number): string {
  return `.${String(Math.floor(p * 100)).padStart(2, '0')}`;
}

function step(action: NextStep['action'], skill: string | null, why: string): NextStep {
  return { action, skill, why };
}
