import type { LabManifest, Target } from '../contract/lab.ts';
import type { LabTest } from '../contract/test.ts';

/** A lab read from its folder, ready to grade with. */
export interface Lab extends LabManifest {
  folder: string;
  /** Visible tests first, then those of `hidden.yaml`. Those of `hidden.ts` are made for each run. */
  tests: readonly LabTest[];
  /** Makes the tests of `hidden.ts`, with chance as an argument; absent where the lab has none. */
  makeTests?: (random: () => number) => LabTest[];
}

/** The name that `name` has in a language, by the lab's list of targets. */
export function targetName(lab: LabManifest, name: string, language: 'py' | 'ts'): string {
  return findTarget(lab, name)?.[language] ?? name;
}

/** The same for a method, looked for in every class. */
export function methodName(lab: LabManifest, name: string, language: 'py' | 'ts'): string {
  for (const target of lab.targets)
    for (const method of target.methods ?? [])
      if (typeof method === 'object' && method.name === name) return method[language] ?? name;
  return name;
}

export function findTarget(lab: LabManifest, name: string): Target | undefined {
  return lab.targets.find((target) => target.name === name);
}
