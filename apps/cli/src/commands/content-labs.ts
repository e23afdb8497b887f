import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Curriculum, Finding, Scaffold } from '@edirae/curriculum';
import { checkLab, findSandboxes, findStrongest, openGateCache, scaffoldLab } from '@edirae/labs';

interface Options {
  /** Ids of the skills that exist. */
  skills: ReadonlySet<string>;
  /** Only this lab. */
  lab?: string | undefined;
  /** In the strongest sandbox of each language alone. */
  oneSandbox?: boolean;
  onProgress: (lab: string) => void;
}

/** Ids of the labs under a content folder. */
export function listLabs(dir: string): string[] {
  const folder = join(dir, 'labs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'lab.yaml')))
    .map((entry) => entry.name)
    .sort();
}

/** Lints the labs of a content folder and puts each through its gate, in every sandbox that this machine has unless one will do. */
export async function verifyLabs(
  dir: string,
  { skills, lab, oneSandbox = false, onProgress }: Options,
): Promise<Finding[]> {
  const labs = listLabs(dir).filter((id) => lab === undefined || id === lab);
  if (labs.length === 0) return [];
  const sandboxes = oneSandbox ? await findStrongest(1) : await findSandboxes(1);
  const cache = openGateCache();
  const findings: Finding[] = [];
  try {
    for (const id of labs) {
      onProgress(id);
      const problems = await checkLab(join(dir, 'labs', id), { skills, sandboxes, cache });
      findings.push(
        ...problems.map((problem) => ({ ...problem, file: `labs/${id}/${problem.file}`, line: null })),
      );
    }
  } finally {
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  }
  return findings;
}

/** Files of a new lab that shows a skill. */
export function newLab(curriculum: Curriculum, skill: string, id: string): Scaffold {
  if (!curriculum.skills.has(skill)) return { outcome: 'refused', problem: `there is no skill ${skill}` };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    return {
      outcome: 'refused',
      problem: `${id} is no id; use lower-case letters, digits and single hyphens`,
    };
  const files = scaffoldLab(id, skill).map(({ path, text }) => ({ path: `labs/${id}/${path}`, text }));
  return { outcome: 'files', files };
}
