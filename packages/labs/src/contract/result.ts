import { z } from 'zod';

/** How a run ended. What each means is in `docs/lab-contract.md`, and decided in `grade/`. */
export const statusSchema = z.enum(['passed', 'failed', 'error', 'timeout', 'rejected']);
export type Status = z.infer<typeof statusSchema>;

export const testOutcomeSchema = z.object({
  name: z.string(),
  rubric: z.string(),
  skill: z.string(),
  visible: z.boolean(),
  passed: z.boolean(),
  /** Why it did not pass, for people; empty when it did. */
  message: z.string(),
});
export type TestOutcome = z.infer<typeof testOutcomeSchema>;

/** The Result document, version 1. */
export const resultSchema = z.object({
  version: z.literal(1),
  lab: z.string(),
  /** `py`, `ts` or `js`; null where it could not be told. */
  language: z.enum(['py', 'ts', 'js']).nullable(),
  /** The sandbox it ran in; null where it did not run. */
  sandbox: z.string().nullable(),
  seed: z.number(),
  status: statusSchema,
  /** What ended the run early, for people: the error at import, the limit, the reason for not running it. */
  reason: z.string().nullable(),
  tests: z.array(testOutcomeSchema),
  score: z.object({
    /** Points earned so far, 0..100; lines that wait for a person hold none yet. */
    total: z.number(),
    lines: z.array(
      z.object({
        id: z.string(),
        weight: z.number(),
        earned: z.number(),
        by: z.enum(['tests', 'person']),
        /** True where a person has to read the work. */
        waiting: z.boolean(),
      }),
    ),
  }),
  stdout: z.string(),
  /** True when more was printed than is kept. */
  truncated: z.boolean(),
  resources: z.object({ wallMs: z.number(), cpuMs: z.number(), peakMemoryMb: z.number() }),
});
export type Result = z.infer<typeof resultSchema>;
