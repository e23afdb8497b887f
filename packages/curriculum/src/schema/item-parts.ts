import { z } from 'zod';
import { formulaSchema, idSchema, nameSchema, textSchema, unique } from './text.ts';

/** How far from the right value an answer may lie: a share of it, or a plain amount. 0 is exact. */
export interface Tolerance {
  kind: 'relative' | 'absolute';
  amount: number;
}

const TOLERANCE = 'must be a share such as 2%, or a plain number; 0 is exact';

/** `2%` is relative; a plain number is absolute. */
export const toleranceSchema = z
  .union([z.number(), z.string()], { error: TOLERANCE })
  .refine((value) => (typeof value === 'number' ? value >= 0 : /^\d+(\.\d+)?\s*%$/.test(value)), TOLERANCE)
  .transform((value): Tolerance => {
    if (typeof value === 'number') return { kind: 'absolute', amount: value };
    return { kind: 'relative', amount: Number.parseFloat(value) / 100 };
  });

/** A parameter: drawn from choices, or from min to max in steps. */
export const parameterSchema = z
  .strictObject({
    label: textSchema,
    choices: z.array(z.number()).min(2).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().positive().default(1),
    unit: z.string().default(''),
    /** false keeps it out of the table of givens. */
    given: z.boolean().default(true),
  })
  .superRefine((value, context) => {
    const range = value.min !== undefined && value.max !== undefined;
    if ((value.choices !== undefined) === range) {
      context.addIssue({ code: 'custom', message: 'give either choices, or min and max (with step)' });
    } else if (range && (value.min as number) >= (value.max as number)) {
      context.addIssue({ code: 'custom', message: 'min must be below max' });
    }
  });

/** Formulas used by number-answered families. */
export const formulaAnswerSchema = z.strictObject({
  formula: formulaSchema,
  unit: z.string().default(''),
  tolerance: toleranceSchema,
  accepts: z.array(z.string()).default([]),
});

export const wrongFormulaSchema = z.strictObject({
  formula: formulaSchema,
  misconception: idSchema.optional(),
  headline: textSchema.optional(),
  feedback: textSchema,
});

export const valueAnswerSchema = z.strictObject({
  value: z.number(),
  unit: z.string().default(''),
  tolerance: toleranceSchema,
  accepts: z.array(z.string()).default([]),
});

export const wrongValueSchema = z.strictObject({
  value: z.number(),
  misconception: idSchema.optional(),
  headline: textSchema.optional(),
  feedback: textSchema,
});

export const givenSchema = z.record(
  nameSchema,
  z.strictObject({ label: textSchema, value: z.number(), unit: z.string().default('') }),
);

export const optionSchema = z.strictObject({
  text: textSchema,
  correct: z.boolean().default(false),
  misconception: idSchema.optional(),
  headline: textSchema.optional(),
  feedback: textSchema.optional(),
});

/** Three to five options, exactly one correct. */
export const choiceOptionsSchema = z
  .array(optionSchema)
  .min(3)
  .max(5)
  .refine(
    (list) => list.filter((option) => option.correct).length === 1,
    'exactly one option must be correct',
  );

/** Three to seven options, at least one correct and at least one not. */
export const multiOptionsSchema = z
  .array(optionSchema)
  .min(3)
  .max(7)
  .refine((list) => {
    const right = list.filter((option) => option.correct).length;
    return right >= 1 && right < list.length;
  }, 'at least one option must be correct and at least one must not');

export const acceptSchema = z.array(textSchema).min(1);

export const wrongTextSchema = z.strictObject({
  accept: acceptSchema,
  misconception: idSchema.optional(),
  headline: textSchema.optional(),
  feedback: textSchema,
});

export const wrongOrderSchema = z.strictObject({
  sequence: z.array(textSchema),
  misconception: idSchema.optional(),
  headline: textSchema.optional(),
  feedback: textSchema,
});

export const pairSchema = z.strictObject({
  left: textSchema,
  right: textSchema,
  feedback: textSchema.optional(),
  misconception: idSchema.optional(),
});

export const blankSchema = z.strictObject({
  accept: acceptSchema,
  wrong: z.array(wrongTextSchema).default([]),
});

/** Two or three, a ladder. */
export const hintsSchema = z.array(textSchema).min(2, 'give two or three hints, a ladder').max(3);

export const sequenceSchema = z.array(textSchema).min(3).max(8).refine(unique, 'names the same step twice');

export type OptionSource = z.infer<typeof optionSchema>;
export type ParameterSource = z.infer<typeof parameterSchema>;
