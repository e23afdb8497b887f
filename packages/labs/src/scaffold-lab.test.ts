import { afterAll, describe, expect, it } from 'vitest';
import { checkLab } from './gate/check-lab.ts';
import { openGateCache } from './gate/gate-cache.ts';
import { findSandboxes } from './sandbox/available-sandboxes.ts';
import { scaffoldLab } from './scaffold-lab.ts';
import { folderOf } from './testing/tiny-lab.ts';

const sandboxes = await findSandboxes(1);
afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

describe('a lab to start from', () => {
  it('has its id, its title and its skill everywhere', () => {
    const files = scaffoldLab('sliding-window', 'littles-law');
    const text = files.map((file) => file.text).join('\n');
    expect(text).not.toMatch(/LAB_ID|LAB_TITLE|SKILL_ID/);
    expect(text).toContain('# Sliding window');
    expect(files.map((file) => file.path)).toContain('tests/hidden.ts');
  });

  it('goes through its own gate, in every sandbox here', async () => {
    const files = Object.fromEntries(
      scaffoldLab('sliding-window', 'littles-law').map((file) => [file.path, file.text]),
    );
    const folder = folderOf(files, 'sliding-window');
    const problems = await checkLab(folder, {
      skills: new Set(['littles-law']),
      sandboxes,
      cache: openGateCache(folderOf({})),
    });
    expect(problems).toEqual([]);
  }, 180_000);
});
