import { z } from 'zod';
import * as part from './item-parts.ts';
import { formulaSchema, idSchema, nameSchema, textSchema, unique } from './text.ts';

/** What every family says about itself. */
const common = {
  id: idSchema,
  formerly: z.array(idSchema).default([]),
  title: textSchema,
  level: z.union([z.literal(1), z.literal(2), z.literal(3)], { error: 'must be 1, 2 or 3' }),
  use: z.enum(['any', 'check']).default('any'),
  scenario: z.boolean().default(false),
};

/** Texts a family gives once and a variant may override. */
const defaults = {
  prompt: textSchema.optional(),
  hints: part.hintsSchema.optional(),
  solution: textSchema.optional(),
  feedback: textSchema.optional(),
};

/** What makes a family parametric. */
const parametric = {
  prompt: textSchema,
  hints: part.hintsSchema,
  solution: textSchema,
  parameters: z.record(nameSchema, part.parameterSchema).refine((record) => Object.keys(record).length > 0),
  constraints: z.array(formulaSchema).default([]),
  derived: z.record(nameSchema, formulaSchema).default({}),
};

/** A list of at least three variants with ids of their own. */
function variantsOf<T extends z.ZodRawShape>(shape: T) {
  return z
    .array(z.strictObject({ id: idSchema, ...defaults, ...shape }))
    .min(3, 'an authored family has at least three variants')
    .refine(
      (list) => unique(list.map((entry) => (entry as { id: string }).id)),
      'two variants have the same id; every variant needs its own',
    );
}

export const numericParametricSchema = z.strictObject({
  ...common,
  ...parametric,
  kind: z.literal('numeric'),
  answer: part.formulaAnswerSchema,
  wrong: z.array(part.wrongFormulaSchema).default([]),
});

export const choiceParametricSchema = z.strictObject({
  ...common,
  ...parametric,
  kind: z.literal('choice'),
  options: part.choiceOptionsSchema,
});

export const multiParametricSchema = z.strictObject({
  ...common,
  ...parametric,
  kind: z.literal('multi'),
  options: part.multiOptionsSchema,
});

export const numericAuthoredSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('numeric'),
  variants: variantsOf({
    given: part.givenSchema.optional(),
    answer: part.valueAnswerSchema,
    wrong: z.array(part.wrongValueSchema).default([]),
  }),
});

export const choiceAuthoredSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('choice'),
  variants: variantsOf({ given: part.givenSchema.optional(), options: part.choiceOptionsSchema }),
});

export const multiAuthoredSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('multi'),
  variants: variantsOf({ given: part.givenSchema.optional(), options: part.multiOptionsSchema }),
});

export const orderSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('order'),
  variants: variantsOf({ sequence: part.sequenceSchema, wrong: z.array(part.wrongOrderSchema).default([]) }),
});

export const matchSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('match'),
  variants: variantsOf({
    pairs: z.array(part.pairSchema).min(3).max(6),
    extra: z.array(textSchema).max(4).default([]),
  }),
});

export const clozeSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('cloze'),
  variants: variantsOf({ blanks: z.record(idSchema, part.blankSchema) }),
});

export const shortSchema = z.strictObject({
  ...common,
  ...defaults,
  kind: z.literal('short'),
  variants: variantsOf({ accept: part.acceptSchema, wrong: z.array(part.wrongTextSchema).default([]) }),
});

export type NumericParametric = z.infer<typeof numericParametricSchema>;
export type ChoiceParametric = z.infer<typeof choiceParametricSchema>;
export type MultiParametric = z.infer<typeof multiParametricSchema>;
export type NumericAuthored = z.infer<typeof numericAuthoredSchema>;
export type ChoiceAuthored = z.infer<typeof choiceAuthoredSchema>;
export type MultiAuthored = z.infer<typeof multiAuthoredSchema>;
export type OrderAuthored = z.infer<typeof orderSchema>;
export type MatchAuthored = z.infer<typeof matchSchema>;
export type ClozeAuthored = z.infer<typeof clozeSchema>;
export type ShortAuthored = z.infer<typeof shortSchema>;

export type ParametricSource = NumericParametric | ChoiceParametric | MultiParametric;
export type AuthoredSource =
  | NumericAuthored
  | ChoiceAuthored
  | MultiAuthored
  | OrderAuthored
  | MatchAuthored
  | ClozeAuthored
  | ShortAuthored;

/** A family as written in its file, with defaults filled in. */
export type FamilySource = ParametricSource | AuthoredSource;

/** Every form a family's file can have. */
export const FAMILY_SCHEMAS: readonly z.ZodType<FamilySource>[] = [
  numericParametricSchema,
  choiceParametricSchema,
  multiParametricSchema,
  numericAuthoredSchema,
  choiceAuthoredSchema,
  multiAuthoredSchema,
  orderSchema,
  matchSchema,
  clozeSchema,
  shortSchema,
];

/** True where variants are drawn from parameters by a seed. */
export function isParametric(source: FamilySource): source is ParametricSource {
  return 'parameters' in source;
}

/** The schema a raw family is held to; a sentence where its kind or form cannot be told. */
export function findFamilySchema(raw: unknown): z.ZodType<FamilySource> | string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return 'must be a mapping with id, title, kind …';
  const { kind } = raw as { kind?: unknown };
  const drawn = 'parameters' in raw;
  if (drawn && 'variants' in raw) return 'has both parameters and variants; a family has one of them';
  if (!drawn && !('variants' in raw))
    return 'has neither parameters nor variants; a family needs one of them';
  switch (kind) {
    case 'numeric':
      return drawn ? numericParametricSchema : numericAuthoredSchema;
    case 'choice':
      return drawn ? choiceParametricSchema : choiceAuthoredSchema;
    case 'multi':
      return drawn ? multiParametricSchema : multiAuthoredSchema;
    case 'order':
    case 'match':
    case 'cloze':
    case 'short':
      if (drawn) return `${kind} families have authored variants, not parameters`;
      return { order: orderSchema, match: matchSchema, cloze: clozeSchema, short: shortSchema }[kind];
    default:
      return 'kind must be one of choice, multi, numeric, order, match, cloze, short';
  }
}
