import { describe, expect, it } from 'vitest';
import { parseEdit } from './track-edit.ts';

const parse = (...fields: [string, string][]) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return parseEdit(form);
};

describe('a change of the track', () => {
  it('is what the form names, and nothing else', () => {
    expect(parse(['hours', '9'], ['deadline', ''])).toMatchObject({
      ok: true,
      edit: { hoursPerWeek: 9, deadline: null },
    });
    expect(parse(['drop', 'a'], ['drop', 'b'])).toMatchObject({ edit: { remove: ['a', 'b'] } });
    expect(parse(['do', 'first:a'])).toMatchObject({
      edit: { move: { skill: 'a', to: 'first' } },
    });
    expect(parse(['do', 'drop:a'])).toMatchObject({ edit: { remove: ['a'] } });
    expect(parse(['pause', '2027-01-01'])).toMatchObject({ edit: { pausedUntil: '2027-01-01' } });
    expect(parse(['pause', ''])).toMatchObject({ edit: { pausedUntil: null } });
    expect(parse(['order', 'edirae'])).toMatchObject({ edit: { ownOrder: false } });
  });

  it('comes back as fields that mean the same', () => {
    const first = parse(['hours', '9'], ['add', 'a'], ['add', 'b']);
    if (!first.ok) throw new Error(first.problem);
    const again = parse(...first.fields);
    expect(again).toEqual(first);
  });

  it.each([
    [[['hours', '0']], /Hours a week/],
    [[['hours', 'x']], /Hours a week/],
    [[['deadline', '2027-13-01']], /date does not exist/],
    [[['pause', '9999-01-01']], /2020 to 2199/],
    [[['pause', 'never']], /date does not exist/],
    [[['do', 'sideways:a']], /cannot be read/],
    [[['do', 'first:']], /cannot be read/],
    [[['add', '']], /Choose what to change/],
    [[], /Choose what to change/],
  ] as [[string, string][], RegExp][])('says what is wrong with %j', (fields, problem) => {
    expect(parse(...fields)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
});
