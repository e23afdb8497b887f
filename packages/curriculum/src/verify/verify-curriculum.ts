import type { Curriculum } from '../curriculum.ts';
import { sortFindings } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { verifyFamily } from './verify-family.ts';

/** Narrows verification, and hears of its progress. */
export interface VerifyOptions {
  /** Only families of this skill. */
  skill?: string;
  onProgress?: (done: number, of: number) => void;
}

/** Plays every family: keys, distractors, 200 seeds. Seconds rather than milliseconds on a whole curriculum. */
export function verifyCurriculum(curriculum: Curriculum, options: VerifyOptions = {}): Finding[] {
  const families = [...curriculum.families.values()].filter(
    (family) => options.skill === undefined || family.skill === options.skill,
  );
  const findings = families.flatMap((family, n) => {
    options.onProgress?.(n, families.length);
    return verifyFamily(family);
  });
  return sortFindings(findings);
}
