import { z } from 'zod';
import { dateSchema, idSchema, textSchema, unique, urlSchema } from './text.ts';

/** A belief people really hold, and what is true instead. */
const misconceptionSchema = z.strictObject({
  id: idSchema,
  belief: textSchema,
  correction: textSchema.optional(),
});

const resourceUseSchema = z.strictObject({
  url: urlSchema,
  /** Why it is worth the time. */
  why: textSchema.optional(),
});

const sourceSchema = z.strictObject({ title: textSchema, url: urlSchema, date: dateSchema });

const idsSchema = z.array(idSchema).refine(unique, 'names the same id twice');

/** `skill.yaml`. */
export const skillSchema = z.strictObject({
  id: idSchema,
  formerly: z.array(idSchema).default([]),
  title: textSchema,
  status: z.enum(['planned', 'written']),
  criterion: textSchema,
  stage: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], { error: 'must be 1, 2, 3 or 4' }),
  order: z.int().min(0),
  bloom: z.enum(['remember', 'understand', 'apply', 'analyse', 'evaluate', 'create']),
  minutes: z.number().int().min(5).max(600),
  requires: idsSchema,
  buildsOn: idsSchema,
  evidence: z
    .array(z.enum(['parametric-numeric', 'quiz', 'code-lab', 'design-review', 'oral-defence']))
    .min(1)
    .refine(unique, 'names the same evidence twice'),
  aliases: z.array(textSchema),
  misconceptions: z
    .array(misconceptionSchema)
    .refine((list) => unique(list.map((entry) => entry.id)), 'names the same id twice'),
  labs: idsSchema.default([]),
  resources: z.array(resourceUseSchema).default([]),
  sources: z.array(sourceSchema).default([]),
});

/** `module.yaml`. */
export const moduleSchema = z.strictObject({
  id: idSchema,
  number: z.int().min(1),
  title: textSchema,
  stages: z.array(z.int().min(1).max(4)).min(1),
  summary: textSchema.optional(),
});

/** One flashcard: one fact or relation, answerable in a few words. */
const cardSchema = z.strictObject({ id: idSchema, front: textSchema, back: textSchema });

/** `cards.yaml`. */
export const cardsSchema = z
  .array(cardSchema)
  .refine((list) => unique(list.map((entry) => entry.id)), 'names the same id twice');

/** What a resource can be. */
export const RESOURCE_TYPES = [
  'docs',
  'paper',
  'article',
  'standard',
  'book',
  'course',
  'law',
  'code',
] as const;

/** How much it takes for granted. */
export const RESOURCE_LEVELS = ['introductory', 'intermediate', 'advanced'] as const;

const resourceSchema = z.strictObject({
  title: textSchema,
  /** Who wrote it, where people did. */
  author: textSchema.optional(),
  /** Who publishes it. */
  org: textSchema.optional(),
  url: urlSchema,
  /** Addresses it had before: what learners keep about it follows it. */
  formerly: z.array(urlSchema).default([]),
  type: z.enum(RESOURCE_TYPES),
  skills: z.array(idSchema).default([]),
  /** Time to read the part that matters here; left out where nobody measured. */
  minutes: z.int().min(1).max(6_000).optional(),
  /** Left out, it is read from the stages of the skills. */
  level: z.enum(RESOURCE_LEVELS).optional(),
  /** Terms that its publisher states; left out where we have not read them. */
  licence: textSchema.optional(),
  /** Why it is worth the time, where no skill says so. */
  why: textSchema.optional(),
  /** Why it is no longer offered. It stays listed for those who saved it. */
  retired: textSchema.optional(),
  confidence: z.enum(['high', 'medium', 'low']).default('high'),
  date: dateSchema.optional(),
  note: textSchema.optional(),
});

/** `resources.yaml`. */
export const resourcesSchema = z
  .array(resourceSchema)
  .refine((list) => unique(list.map((entry) => entry.url)), 'lists the same address twice');

export type SkillFile = z.infer<typeof skillSchema>;
export type Card = z.infer<typeof cardSchema>;
export type Resource = z.infer<typeof resourceSchema>;
