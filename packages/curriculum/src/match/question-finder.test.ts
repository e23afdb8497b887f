import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurriculum } from '../load/load-curriculum.ts';
import { createMatcher } from './matcher.ts';
import { createQuestionFinder, type QuestionFinder } from './question-finder.ts';

const CONTENT = fileURLToPath(new URL('../../../../content', import.meta.url));

describe('what a question is about', () => {
  let finder: QuestionFinder;
  beforeAll(async () => {
    const { curriculum } = await loadCurriculum(CONTENT);
    if (!curriculum) throw new Error('The content does not load');
    finder = createQuestionFinder(curriculum, createMatcher(curriculum));
  }, 60_000);
  const isElsewhere = (question: string): boolean => finder.isElsewhere(question, finder.find(question));

  it.each([
    ['Why do fewer chats fit on the card when people paste long texts?', 'kv-cache'],
    ['The same question gets a different reply each time.', 'decoding-sampling'],
    ['My answers are cut off in the middle of a table.', 'chunking-ingestion'],
  ])('is read from how people put it: %s', (question, skill) => {
    expect(finder.find(question)[0]?.skill).toBe(skill);
    expect(isElsewhere(question)).toBe(false);
  });

  it.each([
    'How long should I boil spaghetti?',
    'Explain the plot of Romeo and Juliet.',
    'How long does a tortoise hibernate?',
    'How do I fix a dripping tap?',
  ])('is nothing that is taught here: %s', (question) => {
    expect(isElsewhere(question)).toBe(true);
  });

  it.each(['Warum wächst der KV-Cache mit der Länge?', '¿Qué es el KV cache?'])(
    'is not strange because it is in another language: %s',
    (question) => {
      expect(isElsewhere(question)).toBe(false);
    },
  );
});
