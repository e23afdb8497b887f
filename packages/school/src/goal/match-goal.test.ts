import { loadCurriculum, type Curriculum } from '@edirae/curriculum';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { buildGoalIndex, matchGoal, type GoalIndex } from './match-goal.ts';

describe('matching a goal', () => {
  let curriculum: Curriculum;
  let index: GoalIndex;

  beforeAll(async () => {
    const loaded = await loadCurriculum(parseConfig({}).contentDir);
    if (!loaded.curriculum) throw new Error('The content does not load');
    curriculum = loaded.curriculum;
    index = buildGoalIndex(curriculum);
  }, 60_000);

  it.each([
    ['Size the KV cache of a model', ['kv-cache']],
    ['Design LLM serving that stays fast and affordable under load', ['batching-scheduling']],
    ['Ship a RAG system I can defend', ['hybrid-retrieval', 'grounding-citations']],
    ['quantize a 70B model to fit one GPU', ['quantisation']],
    ['Make p99 latency predictable', ['tail-latency']],
    ['fine-tune an open model with LoRA', ['model-adaptation']],
    ['secure my chatbot against prompt injection', ['prompt-injection-defence']],
    ['EU AI Act compliance', ['ai-act-classification']],
    ['learn Kubernetes for machine learning', ['k8s-core-objects']],
    ['A/B testing', ['ab-test-power']],
  ])('finds in "%s" the skills it asks for', (goal, must) => {
    const match = matchGoal(curriculum, index, goal);
    expect(match.targets).toEqual(expect.arrayContaining(must));
    expect(match.targets.length).toBeLessThanOrEqual(10);
  });

  it('takes a career by its name for the whole of it', () => {
    expect(matchGoal(curriculum, index, 'Become an AI engineering architect').targets).toHaveLength(
      curriculum.skills.size,
    );
  });

  it.each(['bake sourdough bread', 'be a better engineer', '', '🥐', '!!!'])(
    'finds nothing in "%s", and says so',
    (goal) => {
      expect(matchGoal(curriculum, index, goal)).toMatchObject({ outcome: 'no-match', targets: [] });
    },
  );

  it('names the words that nothing taught here answers to', () => {
    expect(matchGoal(curriculum, index, 'quantisation of sourdough').unmatched).toContain('sourdough');
  });

  it('gives the same targets for the same words, however long the text', () => {
    const long = `${'I really want to '.repeat(100)} understand tail latency`;
    expect(matchGoal(curriculum, index, long)).toEqual(matchGoal(curriculum, index, long));
    expect(matchGoal(curriculum, index, long).targets).toContain('tail-latency');
  });
});
