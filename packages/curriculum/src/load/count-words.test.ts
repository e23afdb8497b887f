import { expect, test } from 'vitest';
import { countWords } from './count-words.ts';

test.each([
  ['', 0],
  ['one two three', 3],
  ['one, two — three.', 3],
  ['## A heading counts', 3],
  ["it's a well-known 2×2", 5],
  ['**bold** and *it*', 3],
  ['[two words](https://a.b/c)', 2],
  ['a `some code` b', 3],
  ['a $$x + y + z$$ b', 2],
  ['| a | table |\n| --- | --- |\n| b | c |', 0],
  ['```python\nx = 1 + 2\n```\nafter', 1],
  ['~~~\nx\n~~~\nafter', 1],
  ['```\n~~~\nstill code\n```\nafter', 1],
  ['$$\na + b\n$$\nafter', 1],
  ['![What one sees in words](figures/a.svg "Caption: one.")', 0],
  [':::worked{title="Two users"}\nSetting here.\n:::', 2],
  ['- first\n- second one', 3],
])('%j has %d words of prose', (markdown, words) => {
  expect(countWords(markdown)).toBe(words);
});
