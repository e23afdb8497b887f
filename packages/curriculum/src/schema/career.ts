import { z } from 'zod';
import { daySchema, factSchema } from './fact.ts';
import { idSchema, textSchema, unique } from './text.ts';

const idsSchema = z.array(idSchema).refine(unique, 'names the same id twice');

/** A heading with a sentence or two. */
const pointSchema = z.strictObject({ title: textSchema, text: textSchema });

/** A lab by its id. Its title stands here too: a guide names labs that are still being written. */
const labSchema = z.strictObject({ id: idSchema, title: textSchema });

/** Something to do on the way, with the skills and labs that prove it was done. */
const actionSchema = z.strictObject({
  title: textSchema,
  skills: idsSchema.min(1),
  labs: z.array(labSchema).default([]),
});

const stageSchema = z.strictObject({
  title: textSchema,
  /** As printed: "3 to 6 months". An estimate, like the fact of kind `time`. */
  duration: textSchema,
  /** Every skill the career takes in this stage, in any order. */
  skills: idsSchema.min(1),
  actions: z.array(actionSchema).min(2),
  /** What stands between this stage and the next. */
  gate: z.strictObject({ title: textSchema, lab: idSchema.optional() }),
});

/** `careers/<career>.yaml`. */
export const careerSchema = z.strictObject({
  id: idSchema,
  formerly: z.array(idSchema).default([]),
  /** Place in lists. */
  order: z.int().min(1),
  title: textSchema,
  /** Other words for the job, as people write them in a goal. */
  names: z.array(textSchema).min(1),
  /** What the call to start writes into the goal box. */
  goal: textSchema,
  /** One sentence, for lists and search engines. */
  summary: textSchema,
  lead: textSchema,
  checkedOn: daySchema,
  shelfLifeDays: z.int().min(1).default(90),
  facts: z
    .array(factSchema)
    .min(4)
    .refine((facts) => unique(facts.map(({ id }) => id)), 'two facts have the same id'),
  /** What the pay figure is, and is not. */
  payNotes: z.array(textSchema).min(1),
  highlights: z.array(pointSchema).min(3),
  dayToDay: z.array(pointSchema).min(3),
  fits: z.array(textSchema).min(2),
  notYet: z.array(textSchema).min(2),
  stages: z.array(stageSchema).length(4, 'a guide has four stages'),
  certifications: idsSchema,
  questions: z.array(z.strictObject({ question: textSchema, answer: textSchema })).min(4),
  challenges: z
    .array(z.strictObject({ title: textSchema, text: textSchema, skills: idsSchema.default([]) }))
    .min(3),
  interview: z.strictObject({ text: textSchema, prompts: idsSchema.min(1) }),
  related: z.array(z.strictObject({ career: idSchema, why: textSchema })),
});

export type CareerFile = z.infer<typeof careerSchema>;
export type CareerStage = CareerFile['stages'][number];
