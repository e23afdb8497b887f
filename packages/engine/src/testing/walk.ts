import {
  checkGate,
  choosePlacementSkill,
  decideAttempt,
  dueClosures,
  emptyState,
  endCheck,
  endPlacement,
  foldEvent,
  getSkill,
  issueItem,
  openingsAfter,
  rankFamilies,
  retractItem,
  startCheck,
  startPlacement,
  type Aid,
  type AttemptInput,
  type Ctx,
  type EventBodies,
  type FamilyNode,
  type Gate,
  type LearnerState,
  type LedgerEvent,
  type NewEvent,
  type Outcome,
  type Place,
  type RetractedIssue,
  type SkillGraph,
} from '../index.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** 1 March 2026, 09:00 UTC. */
export const T0 = Date.UTC(2026, 2, 1, 9);

interface Ask {
  skill: string;
  place?: Place;
  family?: string;
  /** Left out: one never shown before. */
  variant?: string;
  retryOf?: string;
}

type Given = Partial<Omit<AttemptInput, 'issueId' | 'outcome'>> & { aid?: Exclude<Aid, 'none'> };

/** One learner's way through the product: it appends what the engine decides, as the school does, and folds it. */
export interface Walk {
  readonly graph: SkillGraph;
  readonly events: LedgerEvent[];
  state(): LearnerState;
  ctx(): Ctx;
  now(): number;
  wait(ms: number): void;
  append(events: readonly NewEvent[]): readonly NewEvent[];
  setGoal(skills: string[]): void;
  ask(item: Ask): string;
  answer(issueId: string, outcome: Outcome, given?: Given): readonly NewEvent[];
  practise(skill: string, outcome: Outcome, item?: Partial<Ask> & Given): readonly NewEvent[];
  review(skill: string, outcome: Outcome, given?: Given): readonly NewEvent[];
  gate(skill: string): Gate;
  startCheck(skill: string): string;
  check(outcome: Outcome, item?: { family?: string } & Given): readonly NewEvent[];
  pass(skill: string): void;
  fail(skill: string): void;
  mend(skill: string): void;
  leave(): readonly NewEvent[];
  place(skills: string[], knows: (skill: string) => Outcome): readonly NewEvent[];
  retract(family: string, variant?: string | null): readonly NewEvent[];
  close(): readonly NewEvent[];
}

/** A learner who has just arrived. */
export function createWalk(graph: SkillGraph, start = T0): Walk {
  const events: LedgerEvent[] = [];
  let state = emptyState();
  let now = start;
  let serial = 0;
  const ctx = (): Ctx => ({ graph, now, curriculum: 'curriculum-1' });

  const append = (added: readonly NewEvent[]): readonly NewEvent[] => {
    for (const event of added) {
      const placed = { ...event, seq: state.seq + 1, at: Math.max(now, state.lastAt) } as LedgerEvent;
      events.push(placed);
      state = foldEvent(state, placed);
    }
    return added;
  };

  const pick = (item: Ask, place: Place): FamilyNode => {
    const families = getSkill(graph, item.skill).families;
    const wanted =
      item.family === undefined
        ? rankFamilies(state, graph, { skill: item.skill, place, seed: 'walk' })[0]
        : undefined;
    const found = wanted ?? families.find((family) => family.id === item.family);
    if (found === undefined) throw new Error(`No family for ${item.skill}`);
    return found;
  };

  const ask = (item: Ask): string => {
    const place = item.place ?? 'practice';
    const { id, kind, level } = pick(item, place);
    const issueId = `i${++serial}`;
    const variant = item.variant ?? `v${serial}`;
    const session =
      place === 'check'
        ? state.check?.checkId
        : place === 'placement'
          ? state.placement?.placementId
          : undefined;
    const facts = {
      issueId,
      place,
      sessionId: session ?? null,
      skill: item.skill,
      family: id,
      variant,
      fingerprint: variant,
    };
    append(
      issueItem(state, ctx(), {
        ...facts,
        kind,
        level,
        retryOf: item.retryOf ?? null,
        familyHash: `hash-${id}`,
      }),
    );
    return issueId;
  };

  const answer = (issueId: string, outcome: Outcome, given: Given = {}): readonly NewEvent[] => {
    const { aid, ...rest } = given;
    if (aid !== undefined) append([{ type: 'aid-given', body: { issueId, aid } }]);
    const blank = { confidence: null, ms: 30_000, misconception: null, answer: outcome, scratch: null };
    const input = { issueId, outcome, ...blank, servableInCheck: true, practisable: isAny, ...rest };
    return append(decideAttempt(state, ctx(), input));
  };

  const isAny = (id: string): boolean =>
    [...graph.skills.values()].some((node) =>
      node.families.some((family) => family.id === id && family.use === 'any'),
    );

  const check: Walk['check'] = (outcome, { family, ...given } = {}) => {
    if (state.check === null) throw new Error('No check is open');
    const { skill } = state.check;
    return answer(
      ask({ skill, place: 'check', ...(family === undefined ? {} : { family }) }),
      outcome,
      given,
    );
  };

  const begin = (skill: string): string => {
    const checkId = `c${++serial}`;
    append(startCheck(state, ctx(), { checkId, skill }));
    return checkId;
  };

  const practise: Walk['practise'] = (skill, outcome, item = {}) => {
    const { family, variant, retryOf, ...given } = item;
    const chosen = { ...(family && { family }), ...(variant && { variant }), ...(retryOf && { retryOf }) };
    return answer(ask({ skill, ...chosen }), outcome, given);
  };

  return {
    graph,
    events,
    state: () => state,
    ctx,
    now: () => now,
    wait: (ms) => {
      now += ms;
    },
    append,
    setGoal: (skills) => {
      append([{ type: 'goal-set', body: goal(skills) }]);
      append(openingsAfter(state, ctx()));
    },
    ask,
    answer,
    practise,
    review: (skill, outcome, given) => answer(ask({ skill, place: 'review' }), outcome, given),
    gate: (skill) => checkGate(state, graph, skill, now, isAny),
    startCheck: begin,
    check,
    pass: (skill) => {
      begin(skill);
      while (state.check !== null) check('correct');
    },
    fail: (skill) => {
      begin(skill);
      while (state.check !== null) check('incorrect');
    },
    mend: (skill) => {
      const owed = [...(state.skills[skill]?.mend?.families ?? [])];
      for (let i = 0; i < 3; i++)
        practise(skill, 'correct', owed[i] === undefined ? {} : { family: owed[i] as string });
    },
    leave: () => append(endCheck(state, ctx(), { reason: 'left' })),
    place: (skills, knows) => {
      append(startPlacement(state, ctx(), { placementId: `p${++serial}`, skills }));
      for (
        let skill = choosePlacementSkill(state, graph);
        skill !== null;
        skill = choosePlacementSkill(state, graph)
      ) {
        answer(ask({ skill, place: 'placement' }), knows(skill));
      }
      return append(endPlacement(state, ctx(), { reason: 'complete' }));
    },
    retract: (family, variant = null) => {
      const issues = events.flatMap((event) => toIssue(event, family, variant));
      return append(retractItem(state, ctx(), { family, variant, reason: 'wrong key' }, issues));
    },
    close: () => append(dueClosures(state, ctx())),
  };
}

function toIssue(event: LedgerEvent, family: string, variant: string | null): RetractedIssue[] {
  if (event.type !== 'attempt' || event.body.family !== family) return [];
  if (variant !== null && event.body.variant !== variant) return [];
  const { issueId, skill, outcome, place, sessionId } = event.body;
  return [{ issueId, skill, outcome, checkId: place === 'check' ? sessionId : null }];
}

/** A goal with these skills as its track. */
export function goal(skills: string[]): EventBodies['goal-set'] {
  return {
    goalId: 'g1',
    text: 'Serve models',
    background: null,
    hoursPerWeek: 5,
    deadline: null,
    outcome: 'track',
    targets: skills.slice(-1),
    skills,
    skipped: [],
    curriculum: 'curriculum-1',
  };
}

/** The bodies of the events of one type. */
export function bodies<T extends NewEvent['type']>(events: readonly NewEvent[], type: T): EventBodies[T][] {
  return events.filter((event) => event.type === type).map((event) => event.body as EventBodies[T]);
}
