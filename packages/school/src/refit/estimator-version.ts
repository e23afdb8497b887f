import { createHash } from 'node:crypto';
import { CURRENT_ESTIMATOR, type RatedVersion } from '@edirae/engine';
import { z } from 'zod';
import { toCanonical } from '../store/chain.ts';

/** Hexadecimal digits of the digest in an id: 64 bits. */
const DIGITS = 16;

const step = z.strictObject({ first: z.number(), decay: z.number(), floor: z.number() });

const versionSchema = z.strictObject({
  form: z.literal('rated-1'),
  theta: step,
  delta: step,
  intercept: z.number(),
  fromElo: z.number().nonnegative(),
  fromRecent: z.number().nonnegative(),
  fromStreak: z.number().nonnegative(),
  families: z.record(z.string(), z.number()),
  skills: z.record(z.string(), z.number()),
}) satisfies z.ZodType<RatedVersion>;

/**
 * The id of a re-fitted estimator: the shipped one that it was fitted from, and the first 16 hexadecimal digits of the SHA-256 of the
 * version's RFC 8785 form. It can mean these coefficients only.
 */
export function estimatorId(version: RatedVersion, base: string = CURRENT_ESTIMATOR): string {
  const digest = createHash('sha256').update(toCanonical(version)).digest('hex');
  return `${base}+${digest.slice(0, DIGITS)}`;
}

/** A version as stored. @throws Error where the text is no version */
export function parseVersion(text: string): RatedVersion {
  return versionSchema.parse(JSON.parse(text));
}
