import { expect, it } from 'vitest';
import { isTooRich } from './too-rich.ts';

it.each([
  ['a long text', JSON.stringify({ id: 'x', value: JSON.stringify('a'.repeat(12_000_000)) }), false],
  ['two million numbers', JSON.stringify({ value: `[${'1234,'.repeat(1_999_999)}1]` }), false],
  ['eight million empty lists', JSON.stringify({ value: `[${'[],'.repeat(8_000_000)}[]]` }), true],
  ['an abyss', JSON.stringify({ value: '['.repeat(8_000_000) }), true],
  ['fields beside the value', `{"id":"x","y":[${'{},'.repeat(4_000_000)}{}],"value":"1"}`, true],
])('%s', (_, line, tooRich) => {
  expect(isTooRich(line)).toBe(tooRich);
});
