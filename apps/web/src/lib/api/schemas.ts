/**
 * The shapes of the HTTP API, as parsed and as documented: `/api/v1/openapi.json` is generated from these.
 * Names are a contract with outsiders: extend, do not rename.
 */
import { SEARCH_KINDS } from '@edirae/school';
import { z } from 'zod';

const skillId = z.string().min(1).max(100).meta({ description: 'A skill id, kebab-case.' });
const milliseconds = z.int().meta({ description: 'Milliseconds UTC.' });
const share = z.number().min(0).max(1);
const isoDate = z.iso.date().meta({ description: 'YYYY-MM-DD' });

export const stateName = z.enum([
  'new',
  'practising',
  'placed',
  'knows',
  'demonstrated',
  'retained',
  'applied',
]);
const place = z.enum(['placement', 'practice', 'check', 'review', 'lab']);
const kind = z.enum(['choice', 'multi', 'numeric', 'order', 'match', 'cloze', 'short']);
const option = z.object({ id: z.string(), text: z.string() });

export const item = z
  .object({
    issueId: z.string(),
    skill: skillId.nullable().meta({ description: 'Null in an unlabelled review until it is answered.' }),
    family: z.string(),
    familyVersion: z.string(),
    variant: z.string(),
    context: place,
    kind,
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    title: z.string(),
    prompt: z.string().meta({ description: 'Markdown' }),
    given: z
      .record(
        z.string(),
        z.object({ label: z.string(), value: z.union([z.number(), z.string()]), unit: z.string() }),
      )
      .optional(),
    unit: z.string().optional(),
    units: z.array(z.string()).optional(),
    options: z.array(option).optional(),
    left: z.array(option).optional(),
    right: z.array(option).optional(),
    blanks: z.array(z.object({ id: z.string() })).optional(),
  })
  .meta({ id: 'Item' });

const condition = z.object({
  name: z.string(),
  value: z.number(),
  needs: z.number(),
  met: z.boolean(),
  text: z.string(),
});

const checkProgress = z.object({
  status: z.enum(['open', 'passed', 'not-yet', 'no-variant', 'withdrawn']),
  streak: z.int(),
  misses: z.int(),
  asked: z.int(),
  missing: z.array(z.string()),
  canPass: z.boolean().meta({ description: 'False where no answers to come could pass the check.' }),
});

export const attemptResult = z
  .object({
    correct: z.boolean().nullable().meta({ description: 'Null during placement.' }),
    firstTry: z.boolean(),
    aid: z.enum(['none', 'hint-1', 'hint-2', 'hint-3', 'mentor', 'solution']),
    misconception: z.string().nullable(),
    feedback: z.string().nullable(),
    solution: z
      .string()
      .nullable()
      .meta({ description: 'Null during placement, and during a check until it has ended.' }),
    p: z.object({ before: share, after: share, low: share, high: share }),
    state: stateName,
    opened: z.array(skillId),
    repeated: z.boolean().optional(),
    check: checkProgress.optional(),
    next: item.optional(),
  })
  .meta({ id: 'AttemptResult' });

const marked = z
  .array(z.object({ text: z.string(), hit: z.boolean() }))
  .meta({ description: 'Pieces of a text; `hit` where it is what was searched for.' });

const plan = z.object({ p50: milliseconds, p90: milliseconds }).nullable();

export const track = z
  .object({
    goalId: z.string(),
    skills: z.array(
      z.object({
        id: skillId,
        title: z.string(),
        stage: z.int(),
        state: stateName,
        open: z.boolean(),
        target: z.boolean(),
        why: z.string(),
        requires: z.array(skillId),
      }),
    ),
    labs: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        minutes: z.int(),
        capstone: z.boolean(),
        state: z.enum(['new', 'begun', 'submitted', 'passed', 'explained']),
      }),
    ),
    skipped: z.array(z.object({ id: skillId, why: z.string() })),
    plan,
  })
  .meta({ id: 'Track' });

const mentorMode = z.enum(['explain', 'practise', 'feedback', 'examine']);

export const requests = {
  empty: z.looseObject({}),
  goal: z.object({
    text: z.string().trim().min(1).max(5000),
    background: z.string().trim().max(2000).optional(),
    hoursPerWeek: z.number().min(0.5).max(80).optional(),
    deadline: isoDate
      .refine((date) => date >= '2020-01-01' && date < '2200-01-01', 'Give a date between 2020 and 2199.')
      .optional(),
  }),
  practice: z.object({
    skill: skillId,
    fresh: z.boolean().optional(),
    retryOf: z.string().max(100).optional(),
  }),
  check: z.object({ skill: skillId }),
  dispute: z.object({ text: z.string().trim().min(1).max(4000) }),
  mentor: z.object({
    text: z.string().trim().min(1).max(8000),
    skill: skillId.optional(),
    issueId: z.string().max(100).optional(),
    lab: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'The lab that it is about: recorded as aid on it.' }),
    mode: mentorMode.optional(),
    conversationId: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Goes on with this conversation; absent: a new one.' }),
    work: z
      .object({ name: z.string().max(200), text: z.string().max(40_000) })
      .optional()
      .meta({ description: 'For feedback: what is to be read.' }),
    answers: z.enum(['built-in', 'model']).optional(),
  }),
  attempt: z.object({
    issueId: z.string().min(1).max(100),
    answer: z.unknown(),
    confidence: z.union([z.literal(25), z.literal(50), z.literal(75), z.literal(95)]).optional(),
    ms: z.int().min(0).max(86_400_000).optional(),
    scratch: z.string().max(4000).optional(),
  }),
};

const conversationRow = z.object({
  id: z.string(),
  title: z.string(),
  skill: z.object({ id: skillId, title: z.string() }).nullable(),
  mode: mentorMode,
  at: milliseconds,
});

export const responses = {
  guest: z.object({ token: z.string(), learnerId: z.string() }),
  goal: z.object({ goalId: z.string(), outcome: z.enum(['track', 'nearest', 'no-match']), track }),
  track,
  next: z.object({
    action: z.enum(['placement', 'practice', 'check', 'review', 'lab', 'done']),
    skill: skillId.optional(),
    lab: z.string().optional(),
    why: z.string(),
  }),
  placement: z.object({ placementId: z.string(), item }),
  placed: z.object({ placed: z.array(skillId) }),
  item: z.object({ item }),
  check: z.object({
    checkId: z.string(),
    item,
    rule: z.object({ version: z.int(), sentence: z.string(), conditions: z.array(condition) }),
  }),
  hint: z.object({ n: z.int(), text: z.string() }),
  dispute: z.object({ disputeId: z.string() }),
  attempt: attemptResult,
  skill: z.object({
    id: skillId,
    title: z.string(),
    criterion: z.string(),
    state: stateName,
    open: z.boolean(),
    lockedBy: z.array(skillId),
    p: z.object({ value: share, low: share, high: share, n: z.int() }),
    rule: z.object({ version: z.int(), conditions: z.array(condition) }),
    assurance: z.enum(['self-attested', 'explained-back', 'witnessed']),
    labs: z.array(z.string()).meta({ description: 'Whose rubric carries the skill.' }),
  }),
  progress: z.object({
    skills: z.array(
      z.object({
        id: skillId,
        state: stateName,
        flags: z.array(z.string()),
        p: share.nullable(),
        demonstratedAt: milliseconds.optional(),
        retainedAt: milliseconds.optional(),
        appliedAt: milliseconds.optional(),
      }),
    ),
  }),
  ledger: z.object({
    events: z.array(
      z.object({
        seq: z.int(),
        at: milliseconds,
        type: z.string(),
        body: z.unknown(),
        prev: z.string(),
        hash: z.string(),
      }),
    ),
    head: z.object({ seq: z.int(), hash: z.string() }),
  }),
  export: z.looseObject({ version: z.int() }),
  search: z.object({
    words: z.string(),
    meant: z.string().nullable(),
    complete: z.boolean(),
    total: z.int(),
    counts: z.array(z.object({ kind: z.enum(SEARCH_KINDS), count: z.int() })),
    hits: z.array(
      z.looseObject({
        kind: z.enum(SEARCH_KINDS),
        id: z.string(),
        title: marked,
        snippet: marked,
        target: z.string(),
        place: z.string().nullable(),
        within: z.string().nullable(),
      }),
    ),
  }),
  health: z.object({
    status: z.literal('ok'),
    version: z.string(),
    content: z.string(),
    model: z.string(),
    rule: z.int(),
    sandboxes: z.array(z.string()),
  }),
  mentor: z.object({ events: z.array(z.looseObject({ type: z.string(), id: z.int() })) }),
  mentorDesk: z.object({
    answers: z.enum(['built-in', 'model']),
    model: z.looseObject({ name: z.string(), provider: z.string() }).nullable(),
    budget: z.object({ used: z.int(), most: z.int(), costMicros: z.int() }).nullable(),
    openItems: z.int(),
  }),
  conversations: z.object({ conversations: z.array(conversationRow) }),
  conversation: conversationRow.extend({
    turns: z.array(
      z.looseObject({
        messageId: z.string(),
        at: milliseconds,
        question: z.string(),
        by: z.enum(['built-in', 'model']),
        status: z.enum(['running', 'done', 'stopped', 'broken']),
      }),
    ),
  }),
  ended: z.looseObject({}),
};

export const problem = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .meta({ id: 'Problem', description: 'RFC 9457' });
