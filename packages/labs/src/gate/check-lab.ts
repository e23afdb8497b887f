import { LabError, loadLab } from '../load/load-lab.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { digestGate, type GateCache } from './gate-cache.ts';
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
 * sandbox. What was run before, with the same files and the same code, is not run again.
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
    const digest = digestGate(
      folder,
      sandboxes.map((sandbox) => sandbox.name),
    );
    const known = cache.find(digest);
    const ran = known ?? (await runSides(lab, sandboxes));
    // What failed is run again: a busy machine may have been the reason.
    if (!known && ran.every((problem) => problem.severity === 'warning')) cache.keep(digest, ran);

    return [...linted, ...unable, ...ran];
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const message = error.message.replaceAll(folder, '').replace(/^\//, '');
    return [{ severity: 'error', rule: 'lab-schema', file: 'lab.yaml', message }];
  }
}
