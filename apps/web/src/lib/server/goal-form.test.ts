import { describe, expect, it } from 'vitest';
import { parseGoal } from './goal-form.ts';

const parse = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return parseGoal(form);
};

describe('a goal box', () => {
  it('gives what was said, and leaves open what was not', () => {
    expect(parse({ goal: ' learn RAG ' })).toMatchObject({ ok: true, input: { text: 'learn RAG' } });
    expect(parse({ goal: 'learn RAG', hours: '', deadline: '' })).toMatchObject({
      input: { text: 'learn RAG' },
    });
    expect(parse({ goal: 'x', hours: '7.5', deadline: '2027-01-31', background: 'SRE' })).toMatchObject({
      input: { text: 'x', hoursPerWeek: 7.5, deadline: '2027-01-31', background: 'SRE' },
    });
  });

  it('carries a proposal along, and takes what is none for none', () => {
    const proposed = [{ skill: 'kv-cache', words: 'x' }];
    expect(parse({ goal: 'x', proposed: JSON.stringify(proposed) })).toMatchObject({ input: { proposed } });
    for (const forged of [
      '{',
      '[1]',
      '{"skill":"kv-cache"}',
      JSON.stringify([{ skill: 'a'.repeat(200), words: '' }]),
    ]) {
      const parsed = parse({ goal: 'x', proposed: forged });
      expect(parsed.ok && parsed.input.proposed).toBeUndefined();
    }
  });

  it.each([
    [{ goal: '   ' }, /Write what you want/],
    [{}, /Write what you want/],
    [{ goal: 'x'.repeat(2001) }, /too long/],
    [{ goal: 'x', hours: '-3' }, /Hours a week/],
    [{ goal: 'x', hours: '9999' }, /Hours a week/],
    [{ goal: 'x', hours: 'many' }, /Hours a week/],
    [{ goal: 'x', deadline: '2027-02-31' }, /does not exist/],
    [{ goal: 'x', deadline: 'soon' }, /does not exist/],
    [{ goal: 'x', deadline: '9999-12-31' }, /2020 to 2199/],
    [{ goal: 'x', background: 'y'.repeat(2001) }, /background is too long/],
  ])('says what is wrong with %j and keeps what was typed', (fields: Record<string, string>, problem) => {
    const parsed = parse(fields);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
    expect(parsed.typed.goal).toBe(fields['goal'] ?? '');
  });
});
