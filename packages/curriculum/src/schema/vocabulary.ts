import { z } from 'zod';
import { idSchema, textSchema, unique } from './text.ts';

/**
 * A way of saying something: words that all occur close together, in any order. `a|b` is either word, `<cost>` any word
 * of that class. Words are compared by their stems.
 */
const phrasesSchema = z.array(textSchema).min(1);
const skillsSchema = z.array(idSchema).default([]);

/** A subject or a symptom as people put it, and the skills that answer to it. */
const topicSchema = z.strictObject({
  id: idSchema,
  say: phrasesSchema,
  /** Asked for outright. */
  core: skillsSchema,
  /** Belongs to it as a rule. */
  part: skillsSchema,
  /** Helps; never a target by this topic alone. */
  near: skillsSchema,
  /** Only where a text names nothing else: "our chatbot" is mostly where a problem is, and not the problem. */
  alone: z.boolean().default(false),
});

/** A subject that is not taught here, and what is taught next to it. */
const outsideSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  say: phrasesSchema,
  near: skillsSchema,
  /** Mostly where a problem is ("our mobile app"): counts where nothing taught is named, or where one says to learn it. */
  context: z.boolean().default(false),
  /** Of private life: one word of the trade beside it is a figure of speech ("checkpoints of a marathon"). */
  life: z.boolean().default(false),
});

/** An occupation or history, and what it makes likely to be known: where a placement begins, never evidence. */
const backgroundSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  say: phrasesSchema,
  likely: skillsSchema,
});

/** A job that has no guide under `careers/` yet: whole modules, single skills, and what of these it does without. */
const roleSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  say: phrasesSchema,
  modules: z.array(idSchema).default([]),
  skills: skillsSchema,
  without: skillsSchema,
});

export const topicsSchema = z.array(topicSchema);
export const outsidesSchema = z.array(outsideSchema);
export const backgroundsSchema = z.array(backgroundSchema);
export const rolesSchema = z.array(roleSchema);

export const wordsSchema = z.strictObject({
  /** Classes of words that mean the same in a phrase: `<cost>`. */
  classes: z.record(idSchema, z.array(textSchema)),
  /** Words without a subject: they find nothing, and are not named as unanswered. */
  filler: z.array(textSchema),
  /** Words that say too little to find a skill by themselves; phrases may hold them. */
  weak: z.array(textSchema),
  /** Words spelt right that look like one of ours spelt wrong. */
  spelt: z.array(textSchema),
});

/** Other languages: their commonest words, by which they are recognised, and ours for theirs. */
export const languagesSchema = z.record(
  idSchema,
  z.strictObject({
    marks: z.array(textSchema).default([]),
    /** English word or words → theirs; `*` stands for any letters before or after. */
    words: z.record(textSchema, z.array(textSchema)),
  }),
);

/** Skill → how people ask about it who do not know its name. */
export const questionsSchema = z.record(idSchema, phrasesSchema);

/** Skill → whole questions about it, as people put them. */
export const askedSchema = z.record(idSchema, z.array(textSchema).refine(unique, 'asks the same twice'));

/** What tells a question about something else from one about what is taught here. */
export const elsewhereSchema = z.strictObject({
  /** Subject → its words; a phrase of several has to stand in the question as it is. */
  everyday: z.record(idSchema, phrasesSchema),
  /** Whole questions of private life, as people type them. */
  asked: z.array(textSchema).default([]),
  /** Words of the trade. */
  trade: phrasesSchema,
  /** Words of work: with one of them, a subject of private life is what a product is for ("our recipe app"). */
  work: z.array(textSchema).default([]),
});

export type Topic = z.infer<typeof topicSchema> & {
  /** Name of its file, without `.yaml`. */
  file: string;
};
export type Outside = z.infer<typeof outsideSchema>;
export type Background = z.infer<typeof backgroundSchema>;
export type Role = z.infer<typeof roleSchema>;
export type Language = z.infer<typeof languagesSchema>[string];

/** How people put what is taught, from `content/vocabulary/`. */
export interface Vocabulary {
  topics: Topic[];
  outsides: Outside[];
  backgrounds: Background[];
  roles: Role[];
  classes: Record<string, string[]>;
  filler: string[];
  weak: string[];
  spelt: string[];
  languages: Record<string, Language>;
  /** By skill; a skill may be absent. */
  questions: Record<string, string[]>;
  asked: Record<string, string[]>;
  elsewhere: { everyday: string[]; asked: string[]; trade: string[]; work: string[] };
}

/** Where nothing is written down: titles and aliases alone lead to skills. */
export const EMPTY_VOCABULARY: Vocabulary = {
  topics: [],
  outsides: [],
  backgrounds: [],
  roles: [],
  classes: {},
  filler: [],
  weak: [],
  spelt: [],
  languages: {},
  questions: {},
  asked: {},
  elsewhere: { everyday: [], asked: [], trade: [], work: [] },
};
