import type { School } from '../school.ts';
import { findToken } from '../store/tokens.ts';

/** Whom a token stands for, or null. */
export async function findLearnerByToken(school: School, token: string): Promise<string | null> {
  return (await findToken(school.db, token, school.clock()))?.learnerId ?? null;
}
