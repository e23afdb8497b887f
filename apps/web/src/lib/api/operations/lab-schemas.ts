/** The shapes of the labs' part of the API. */
import { z } from 'zod';

const milliseconds = z.int().meta({ description: 'Milliseconds UTC.' });
const share = z.number().min(0).max(1);
const named = z.object({ id: z.string(), title: z.string() });
const language = z.enum(['py', 'ts']);
const files = z.record(z.string().max(200), z.string()).meta({
  description: 'Texts by path, with “/”; at most 64 files and 256 KiB together.',
});
const passed = z.object({ passed: z.int(), of: z.int() });

const row = named.extend({
  stage: z.int(),
  minutes: z.int(),
  capstone: z.int().nullable(),
  languages: z.array(language),
  story: z.string(),
  skills: z.array(named.extend({ state: z.string() })),
  onTrack: z.boolean(),
  state: z.enum(['new', 'begun', 'submitted', 'passed', 'explained']),
  tests: passed.nullable().meta({ description: 'Hidden tests of the last submission.' }),
  passedAt: milliseconds.nullable(),
  appliedAt: milliseconds.nullable(),
});

const draftRow = z.object({
  version: z.int(),
  savedAt: milliseconds,
  device: z.string().nullable(),
  bytes: z.int(),
  fate: z.enum(['current', 'earlier', 'set-aside']),
});
const draft = draftRow.extend({ files });

const submissionRow = z.object({
  submissionId: z.string(),
  lab: z.string(),
  language,
  number: z.int().nullable(),
  at: milliseconds,
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'broken']),
  status: z.enum(['passed', 'failed', 'error', 'timeout', 'rejected']).nullable(),
  score: z.number().nullable(),
  tests: passed.nullable(),
  row: z.int().nullable().meta({ description: 'Its place in the ledger.' }),
});

const result = z.object({
  status: z.string(),
  reason: z.string().nullable(),
  sandbox: z.string().nullable(),
  language: z.string().nullable(),
  tests: z
    .array(
      z.object({
        name: z.string(),
        visible: z.boolean(),
        passed: z.boolean(),
        rubric: z.string().optional(),
        message: z.string().optional(),
      }),
    )
    .meta({ description: 'Hidden tests by name and verdict only.' }),
  score: z.object({
    total: z.number(),
    lines: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        weight: z.number(),
        earned: z.number(),
        by: z.enum(['tests', 'person']),
        waiting: z.boolean(),
      }),
    ),
  }),
  stdout: z.string(),
  truncated: z.boolean(),
  resources: z.object({ wallMs: z.number(), cpuMs: z.number(), peakMemoryMb: z.number() }),
});

const moved = z.array(z.object({ skill: z.string(), state: z.string() }));

const submission = submissionRow.extend({
  kind: z.enum(['submission', 'run']),
  ahead: z.int().nullable().meta({ description: 'Served before it, while it is queued.' }),
  progress: z.object({ done: z.int(), of: z.int() }).nullable(),
  result: result.nullable(),
  moved,
});

const explainBack = z.object({
  explainId: z.string(),
  lab: z.string(),
  submissionId: z.string(),
  state: z.enum(['preparing', 'open', 'explained', 'not-yet', 'broken']),
  at: milliseconds,
  questions: z.array(
    z.object({
      n: z.int(),
      kind: z.enum(['value', 'mutation']),
      prompt: z.string(),
      code: z
        .object({
          file: z.string(),
          from: z.int(),
          lines: z.array(z.string()),
          changed: z.object({ line: z.int(), before: z.string(), after: z.string() }),
        })
        .nullable(),
      steps: z.array(z.string()),
      options: z.array(z.object({ id: z.string(), text: z.string() })).nullable(),
      answer: z.object({ given: z.string().nullable(), right: z.boolean(), correct: z.string() }).nullable(),
    }),
  ),
  right: z.int().nullable(),
  of: z.int(),
  needs: z.int(),
  until: milliseconds.nullable(),
  moved,
});

export const labRequests = {
  handIn: z.object({ files, language: language.optional(), entry: z.string().max(200).optional() }),
  draft: z.object({
    language,
    files,
    base: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'The version last seen, 0 for none; left out, it is written over.' }),
    device: z.string().max(64).optional(),
  }),
  solution: z.object({ language: language.optional() }),
  answers: z.object({ answers: z.array(z.string().max(1000).nullable()).max(10) }),
};

export const labResponses = {
  labs: z.object({ labs: z.array(row) }),
  lab: row.extend({
    language,
    entry: z.string(),
    instructions: z.string().meta({ description: 'Markdown' }),
    limits: z.object({ wallMs: z.int(), memoryMb: z.int(), outputKb: z.int() }),
    rubric: z.array(
      named.extend({
        weight: z.number(),
        by: z.enum(['tests', 'person']),
        skills: z.array(z.string()),
        file: z.string().nullable().meta({ description: 'What a person reads.' }),
      }),
    ),
    visible: z.looseObject({}).meta({
      description: 'Manifest and visible tests, as `parseBrowserLab` of `@edirae/labs/browser` reads them.',
    }),
    hidden: z.int().meta({ description: 'How many hidden tests decide.' }),
    starter: files,
    draft: draft.nullable(),
    hints: z.object({
      of: z.int(),
      taken: z.array(z.object({ n: z.int(), title: z.string(), text: z.string() })),
    }),
    aid: z.object({ hints: z.int(), mentor: z.boolean(), solution: z.boolean() }),
    submission: submission.nullable(),
    explainBack: explainBack.nullable(),
    evidence: z.array(
      z.object({
        skill: z.string(),
        state: z.string(),
        share: share.nullable(),
        appliedAt: milliseconds.nullable(),
        assurance: z.literal('explained-back').nullable(),
        unreviewed: z.boolean(),
        missing: z.array(z.enum(['unaided', 'pass', 'explain-back', 'check'])),
      }),
    ),
    sandbox: z.string().nullable(),
  }),
  drafts: z.object({ drafts: z.array(draftRow) }),
  draftRow,
  draft,
  submission,
  submissions: z.object({ submissions: z.array(submissionRow) }),
  hint: z.object({ n: z.int(), of: z.int(), title: z.string(), text: z.string() }),
  solution: z.object({ files }),
  explainBack,
};
