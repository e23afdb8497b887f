import { describe, expect, test } from 'vitest';
import * as engine from './index.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk, T0 } from './testing/walk.ts';

describe('what the package gives', () => {
  test('is this, by name', () => {
    const names =
      'createGraph getSkill requiredClosure dependentsOf ancestorsOf levelDifficulty skillDifficulty skillKinds ' +
      'emptyState foldEvent replay stateOf isOpen missingRequirements isRefreshDue predictedRecall ESTIMATORS ' +
      'CURRENT_ESTIMATOR getEstimator beliefOf RULE_VERSION judgeCheck canPass checkGate rankFamilies ' +
      'choosePlacementSkill chooseReviewSkill nextStep dueClosures issueItem decideAttempt startCheck endCheck ' +
      'startPlacement endPlacement retractItem openingsAfter planTrack auditDecisions createRandom';
    for (const name of names.split(' ')) expect(engine).toHaveProperty(name);
  });

  test('holds every estimator ever shipped, each under its own id', () => {
    expect([...engine.ESTIMATORS.keys()]).toEqual(['elo-bkt-1', 'mixer-1']);
    for (const [id, estimator] of engine.ESTIMATORS) expect(estimator.id).toBe(id);
    expect(engine.getEstimator(engine.CURRENT_ESTIMATOR).id).toBe(engine.CURRENT_ESTIMATOR);
    expect(() => engine.getEstimator('none')).toThrow('No such estimator: none');
  });

  test('believes of a new learner what the estimator says at the skill’s mean difficulty', () => {
    const graph = smallGraph();
    const state = engine.emptyState();
    const difficulty = engine.skillDifficulty(graph, 'a');
    expect(engine.beliefOf(state, graph, 'a', T0)).toEqual(engine.beliefAt(state, 'a', difficulty, T0));
  });
});

describe('openings', () => {
  test('list everything that is open and was not recorded, once', () => {
    const walk = createWalk(smallGraph());
    walk.setGoal(['a', 'b']);
    expect(walk.state().opened).toEqual(['a', 'f']);
    expect(engine.openingsAfter(walk.state(), walk.ctx())).toEqual([]);
  });

  test('follow a waiver', () => {
    const walk = createWalk(smallGraph());
    walk.setGoal(['a', 'b']);
    walk.append([{ type: 'waiver', body: { skill: 'a', by: 'Ruth', note: '' } }]);
    expect(engine.openingsAfter(walk.state(), walk.ctx())).toEqual([
      { type: 'skills-opened', body: { skills: ['b'], requires: { b: ['a'] } } },
    ]);
  });

  test('of a pass name only what that pass opened', () => {
    const walk = createWalk(smallGraph());
    walk.pass('a');
    expect(walk.state().opened).toEqual(['b']);
  });
});
