import fc from 'fast-check';
import {
  adoptEstimator,
  choosePlacementSkill,
  endPlacement,
  isOpen,
  startPlacement,
  type Outcome,
  type SkillGraph,
} from '../index.ts';
import { holdRefitted } from './refitted.ts';
import { createWalk, DAY, HOUR, type Walk } from './walk.ts';

/** Something a learner may do at any time. What cannot be done just then is passed over. */
export type Deed =
  | { do: 'practise'; skill: string; outcome: Outcome; aid: 'hint-1' | 'mentor' | 'solution' | null }
  | { do: 'retry'; skill: string; outcome: Outcome }
  | { do: 'review'; skill: string; outcome: Outcome }
  | { do: 'check'; skill: string; outcome: Outcome }
  | { do: 'mend'; skill: string }
  | { do: 'leave' }
  | { do: 'place'; skills: string[]; outcome: Outcome }
  | { do: 'retract'; family: string }
  | { do: 'waive'; skill: string }
  | { do: 'move'; estimator: string }
  | { do: 'wait'; ms: number };

const skills = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const outcome = fc.constantFrom<Outcome>('correct', 'correct', 'correct', 'incorrect', 'skipped');

/** Deeds in any order, checks most often, so that passes and not-yets come about. */
export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('check' as const), skill: skills, outcome }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('practise' as const),
        skill: skills,
        outcome,
        aid: fc.constantFrom(null, null, 'hint-1' as const, 'mentor' as const, 'solution' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('review' as const), skill: skills, outcome }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('retry' as const), skill: skills, outcome }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('mend' as const), skill: skills }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('place' as const),
        skills: fc.subarray(['a', 'b', 'c', 'd']),
        outcome,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('retract' as const), family: skills.map((id) => `${id}-one`) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('waive' as const), skill: skills }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('move' as const),
        estimator: fc.constantFrom('mixer-1', holdRefitted()),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(HOUR, 13 * HOUR, 2 * DAY, 8 * DAY, 91 * DAY),
      }),
    },
  ),
  { maxLength: 60 },
);

/** Does the deeds one after another. */
export function stroll(
  graph: SkillGraph,
  list: readonly Deed[],
  after: (walk: Walk) => void = () => {},
): Walk {
  const walk = createWalk(graph);
  walk.setGoal(['a', 'b', 'c', 'd']);
  for (const deed of list) {
    walk.close();
    doDeed(walk, deed);
    after(walk);
  }
  return walk;
}

function doDeed(walk: Walk, deed: Deed): void {
  const { graph } = walk;
  switch (deed.do) {
    case 'practise':
      if (isOpen(walk.state(), graph, deed.skill)) {
        walk.practise(deed.skill, deed.outcome, deed.aid === null ? {} : { aid: deed.aid });
      }
      return;
    case 'retry': {
      const last = walk.state().skills[deed.skill]?.recent.at(-1);
      if (last?.place === 'practice') {
        walk.practise(deed.skill, deed.outcome, {
          family: last.family,
          variant: last.variant,
          retryOf: last.issueId,
        });
      }
      return;
    }
    case 'review':
      if (walk.state().skills[deed.skill]?.review) walk.review(deed.skill, deed.outcome);
      return;
    case 'check':
      if (walk.state().check === null && walk.gate(deed.skill).allowed) walk.startCheck(deed.skill);
      if (walk.state().check !== null) walk.check(deed.outcome);
      return;
    case 'mend':
      if (walk.state().skills[deed.skill]?.mend) walk.mend(deed.skill);
      return;
    case 'leave':
      if (walk.state().check !== null) walk.leave();
      return;
    case 'place':
      placeOnce(walk, deed.skills, deed.outcome);
      return;
    case 'retract':
      walk.retract(deed.family);
      return;
    case 'waive':
      walk.append([{ type: 'waiver', body: { skill: deed.skill, by: 'Ruth', note: '' } }]);
      return;
    case 'move':
      walk.append(adoptEstimator(walk.state(), walk.events, deed.estimator));
      return;
    case 'wait':
      walk.wait(deed.ms);
  }
}

function placeOnce(walk: Walk, skills: string[], outcome: Outcome): void {
  walk.append(startPlacement(walk.state(), walk.ctx(), { placementId: `p${walk.events.length}`, skills }));
  for (let i = 0; i < 5; i++) {
    const skill = choosePlacementSkill(walk.state(), walk.graph);
    if (skill !== null) walk.answer(walk.ask({ skill, place: 'placement' }), outcome);
  }
  walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'stopped' }));
}
