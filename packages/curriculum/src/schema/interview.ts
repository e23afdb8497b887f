import { z } from 'zod';
import { idSchema, textSchema, unique } from './text.ts';

const idsSchema = z.array(idSchema).refine(unique, 'names the same id twice');

const interviewPromptSchema = z.strictObject({
  id: idSchema,
  formerly: z.array(idSchema).default([]),
  /** The question, as an interviewer puts it. */
  prompt: textSchema,
  /** What it is mostly about, for lists. */
  area: textSchema,
  /** Usual length; nothing ends when it is over. */
  minutes: z.int().min(15).max(90).default(45),
  /** Facts that are told when they are asked for. */
  clarify: z
    .array(z.strictObject({ ask: textSchema, fact: textSchema }))
    .min(3)
    .max(6),
  /** Five points, each scored 0 absent, 1 named, 2 argued with numbers or evidence. */
  rubric: z
    .array(z.strictObject({ point: textSchema, look: textSchema }))
    .length(5, 'a rubric has five points'),
  /** The outline of a strong answer, step by step. */
  outline: z.array(textSchema).min(4).max(9),
  /** What interviewers look for beyond the points. */
  interviewers: z.array(textSchema).min(2).max(4),
  /** What it exercises; the first is the one to open first. */
  skills: idsSchema.min(3).max(8),
});

/** `interviews.yaml`. */
export const interviewsSchema = z
  .array(interviewPromptSchema)
  .refine((list) => unique(list.map(({ id }) => id)), 'lists the same id twice');

export type InterviewPrompt = z.infer<typeof interviewPromptSchema>;
