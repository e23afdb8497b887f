import { expect, it } from 'vitest';
import { readKept, writeKept } from './kept-words.ts';

it('reads back what was kept', () => {
  const words = { assumed: 'a', design: 'b\n"c"', breaks: '', asked: [2, 0] };
  expect(readKept(writeKept(words))).toEqual(words);
});

it.each([null, '', 'null', '[]', '{"assumed":1}', '{"assumed":"","design":"","breaks":"","asked":["x"]}'])(
  'takes %j for nothing',
  (text) => expect(readKept(text)).toBeUndefined(),
);
