import { z } from 'zod';
import { dateSchema, idSchema, textSchema, urlSchema } from './text.ts';

/** How far a statement can be trusted: `estimate` is our own judgement, and says so on the page. */
export const confidenceSchema = z.enum(['high', 'medium', 'low', 'estimate']);

/** A day: `2026-11-22`. */
export const daySchema = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value), 'must be a day: 2026-11-22');

/** Yearly pay at four points of a distribution, whole units of the currency. */
const percentilesSchema = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD'),
    p25: z.number().positive(),
    p50: z.number().positive(),
    p75: z.number().positive(),
    p90: z.number().positive(),
  })
  .refine(({ p25, p50, p75, p90 }) => p25 < p50 && p50 < p75 && p75 < p90, 'must rise from p25 to p90');

/**
 * A figure of the outside world, as a page prints it. Source and date may be missing here and not in the content: the
 * rule `facts` reports that with a line, so that one run shows every figure that lacks them.
 */
export const factSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['pay', 'demand', 'time', 'level']),
  label: textSchema,
  /** The figure itself, short: it is printed large. */
  value: textSchema,
  /** What the figure is, and what it is not. */
  note: textSchema.optional(),
  country: textSchema.optional(),
  definition: textSchema.optional(),
  source: z.strictObject({ title: textSchema, url: urlSchema.optional() }).optional(),
  /** What the figure describes, or when it was published where it describes no period. */
  date: dateSchema.optional(),
  confidence: confidenceSchema,
  confidenceNote: textSchema.optional(),
  /** Months after its date for which it is shown; then it is hidden until somebody has read the source again. */
  shelfLifeMonths: z.int().min(1).max(60),
  /** One of the few at the head of a guide. */
  headline: z.boolean().default(false),
  percentiles: percentilesSchema.optional(),
});

export type Fact = z.infer<typeof factSchema>;
export type FactConfidence = z.infer<typeof confidenceSchema>;
