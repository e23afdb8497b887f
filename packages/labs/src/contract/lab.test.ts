import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tinyManifest } from '../testing/tiny-lab.ts';
import { labSchema } from './lab.ts';

function problemsIn(more: Record<string, unknown>): string {
  const parsed = labSchema.safeParse(tinyManifest(more));
  return parsed.success ? '' : z.prettifyError(parsed.error);
}

const line = (more: object) => ({ id: 'a', title: 'A', weight: 100, skills: ['x'], by: 'tests', ...more });

describe('lab.yaml', () => {
  it('is accepted as the contract describes it', () => {
    expect(problemsIn({})).toBe('');
  });

  it('keeps what belongs to the pages', () => {
    expect(labSchema.parse(tinyManifest({ proves: 'that one can add' }))).toMatchObject({
      proves: 'that one can add',
    });
  });

  it.each([
    ['another version of the contract', { contract: 2 }, 'contract'],
    ['an id that is no id', { id: 'Tiny Lab' }, 'kebab-case'],
    ['a stage that does not exist', { stage: 5 }, 'stage'],
    ['no language', { languages: [] }, 'languages'],
    ['a language nobody grades', { languages: ['rb'] }, 'languages'],
    ['a language twice', { languages: ['py', 'py'] }, 'repeats a language'],
    ['a language without an entry', { entry: { py: 'a.py' } }, 'no entry file for ts'],
    ['an entry in another folder', { entry: { py: '../a.py', ts: 'a.ts' } }, 'plain file name'],
    ['no target', { targets: [] }, 'targets'],
    ['a target that is no name', { targets: [{ name: 'a b', kind: 'function' }] }, 'identifier'],
    ['a kind of target that does not exist', { targets: [{ name: 'a', kind: 'macro' }] }, 'kind'],
    ['weights that do not sum to 100', { rubric: [line({ weight: 99 })] }, 'sum to 99'],
    ['a rubric line twice', { rubric: [line({ weight: 50 }), line({ weight: 50 })] }, 'repeats an id'],
    ['a judge that does not exist', { rubric: [line({ by: 'magic' })] }, 'by'],
    [
      'a written part that tests decide',
      { rubric: [line({ file: 'NOTES.md' })] },
      'names a file for a, which no person reads',
    ],
    [
      'a written part outside the submission',
      { rubric: [line({ by: 'person', file: '../NOTES.md' })] },
      'plain file name',
    ],
    ['a limit on nothing', { limits: { wallMs: 0, memoryMb: 64, outputKb: 4 } }, 'wallMs'],
    ['a limit of hours', { limits: { wallMs: 3_600_000, memoryMb: 64, outputKb: 4 } }, 'wallMs'],
    ['a limit that is not known', { limits: { wallMs: 100, memoryMb: 64, outputKb: 4, disk: 1 } }, 'disk'],
  ])('is refused with %s', (_, more, says) => {
    expect(problemsIn(more)).toContain(says);
  });

  it('says which file a person reads', () => {
    const rubric = [line({ by: 'person', file: 'NOTES.md' })];
    expect(labSchema.parse(tinyManifest({ rubric })).rubric[0]!.file).toBe('NOTES.md');
  });

  it('accepts weights that sum to 100 in thirds', () => {
    const third = 100 / 3;
    const rubric = ['a', 'b', 'c'].map((id) => line({ id, weight: third }));
    expect(problemsIn({ rubric })).toBe('');
  });
});
