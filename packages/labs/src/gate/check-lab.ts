import { LabError, loadLab } from '../load/load-lab.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { GateCache } from './gate-cache.ts';
import { lintLab } from './lint-lab.ts';
import type { LabProblem } from './problem.ts';
import { runSides } from './run-sides.ts';

export interface GateOptions {
  /** Ids of the skills that exist. */
  skills: ReadonlySet<string>;
  sandboxes: readonly Sandbox[];
  cache: GateCache;
}

/**
 * Everything that is wrong with a lab: its files, and what its starter, its solution and its wrong answers do in every
 * sandbox.
 */
export async function checkLab(
  folder: string,
  { skills, sandboxes, cache }: GateOptions,
): Promise<LabProblem[]> {
  try {
    const lab = await loadLab(folder);
    const linted = lintLab(lab, skills);
    const unable = lab.languages
      .filter((language) => !sandboxes.some((sandbox) => sandbox.languages.includes(language)))
      .map((language): LabProblem => ({
        severity: 'warning',
        rule: 'lab-sandbox-missing',
        file: 'lab.yaml',
        message: `was not run in ${language}: this machine has no sandbox for it`,
      }));
    const ran = await runSides(lab, sandboxes, cache);
    return [...linted, ...unable, ...ran];
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const message = error.message.replaceAll(folder, '').replace(/^\//, '');
    return [{ severity: 'error', rule: 'lab-schema', file: 'lab.yaml', message }];
  }
}
