import type { z } from 'zod';
import type { Career } from '../curriculum.ts';
import { errorIn } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { careerSchema } from '../schema/career.ts';
import { certificationsSchema } from '../schema/certification.ts';
import type { Certification } from '../schema/certification.ts';
import { labHeadSchema } from '../schema/lab-head.ts';
import type { LabHead } from '../schema/lab-head.ts';
import { interviewsSchema } from '../schema/interview.ts';
import type { InterviewPrompt } from '../schema/interview.ts';
import { findParsed, findYaml } from './parse-file.ts';
import type { FileTree } from './read-tree.ts';

export const CERTIFICATIONS_FILE = 'certifications.yaml';
export const INTERVIEWS_FILE = 'interviews.yaml';

/** The career guides, in the order of their lists. One that cannot be read is reported and left out. */
export function loadCareers(tree: FileTree, findings: Finding[]): Career[] {
  const careers: Career[] = [];
  for (const file of tree.keys()) {
    const name = /^careers\/(.+)\.yaml$/.exec(file)?.[1];
    if (name === undefined) continue;
    const source = findFile(careerSchema, tree, file, findings);
    if (!source) continue;
    if (source.id !== name)
      findings.push(
        errorIn('ids', file, `the id is ${source.id}, the file is ${name}.yaml; make them equal`),
      );
    careers.push({ ...source, skills: [...new Set(source.stages.flatMap(({ skills }) => skills))], file });
  }
  return careers.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** Labs, by stage and id. One that cannot be read is reported and left out. */
export function loadLabHeads(tree: FileTree, findings: Finding[]): LabHead[] {
  const files = [...tree.keys()].filter((file) => /^labs\/[^/]+\/lab\.yaml$/.test(file));
  const labs = files.flatMap((file) => findFile(labHeadSchema, tree, file, findings) ?? []);
  return labs.sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1));
}

/** Certifications, in the order of their file. */
export function loadCertifications(tree: FileTree, findings: Finding[]): Certification[] {
  return findFile(certificationsSchema, tree, CERTIFICATIONS_FILE, findings) ?? [];
}

/** Interview prompts, in the order of their file. */
export function loadInterviewPrompts(tree: FileTree, findings: Finding[]): InterviewPrompt[] {
  return findFile(interviewsSchema, tree, INTERVIEWS_FILE, findings) ?? [];
}

function findFile<T>(schema: z.ZodType<T>, tree: FileTree, file: string, findings: Finding[]): T | undefined {
  const text = tree.get(file);
  const yaml = text === undefined ? undefined : findYaml(text, file, findings);
  return yaml && findParsed(schema, yaml, file, findings);
}
