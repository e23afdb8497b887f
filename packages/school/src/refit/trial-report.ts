import type { RefitTrial } from '@edirae/engine/refit';
import { z } from 'zod';

const scores = z.object({ logLoss: z.number(), auc: z.number().nullable(), ece: z.number() });
const counts = z.object({ fitted: z.number(), held: z.number() });

const reportSchema = z.object({
  estimator: z.string(),
  learners: counts,
  answers: counts,
  before: scores,
  after: scores,
  gain: z.object({ mean: z.number(), error: z.number() }),
  better: z.boolean(),
});

/** What a trial found, without the fitted coefficients. */
export type TrialReport = Omit<RefitTrial, 'version'>;

/** A report as stored. @throws Error where the text is none */
export function parseReport(text: string): TrialReport {
  return reportSchema.parse(JSON.parse(text));
}
