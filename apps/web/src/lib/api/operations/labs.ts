import {
  cancelSubmission,
  getLab,
  getLabDraft,
  getSubmission,
  listLabDrafts,
  listLabs,
  saveLabDraft,
  showLabSolution,
  submitLab,
  takeLabHint,
} from '@edirae/school';
import { z } from 'zod';
import { defineOperation, refuse, type Call, type Reply } from '../operation.ts';
import { requests } from '../schemas.ts';
import { labRequests, labResponses } from './lab-schemas.ts';
import { toLab, toLabRow, toSubmission, toSubmissionRow } from './lab-shapes.ts';

/** A lab's files as JSON: every byte may have to be escaped. */
const FILES_LIMIT = 1024 * 1024;

const language = z.enum(['py', 'ts']).optional().catch(undefined);
const version = z.coerce.number().int().positive();

async function handIn(
  { school, learnerId, params, body }: Call<z.infer<typeof labRequests.handIn>>,
  tests: 'all' | 'visible',
): Promise<Reply> {
  const put = await submitLab(school, learnerId, { ...body, lab: params['id'] ?? '', tests });
  if (put.outcome !== 'submitted') return refuse(put);
  return { status: put.existing ? 200 : 201, body: toSubmission(put.submission) };
}

export const labOperations = [
  defineOperation({
    method: 'get',
    path: '/labs',
    summary: 'Every lab, with what it proves and how far you are',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.labs },
    problems: [],
    async run({ school, learnerId }) {
      const { stages } = await listLabs(school, learnerId);
      return { status: 200, body: { labs: stages.flatMap(({ labs }) => labs.map(toLabRow)) } };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/labs/{id}',
    summary:
      'A lab: instructions, visible tests, starter, your work and your last submission. `?language=py|ts`',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.lab },
    problems: ['not-found'],
    async run({ school, learnerId, params, query }) {
      const asked = { lab: params['id'] ?? '', language: language.parse(query.get('language') ?? undefined) };
      const found = await getLab(school, learnerId, asked);
      return found.outcome === 'lab' ? { status: 200, body: toLab(found.lab) } : refuse(found);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/labs/{id}/draft',
    summary:
      'Keep work in progress; 409 where another device saved since `base`, and what was sent is set aside',
    viewer: true,
    may: 'labs',
    bodyLimit: FILES_LIMIT,
    request: labRequests.draft,
    success: { status: 200, schema: labResponses.draftRow },
    problems: ['not-found', 'draft-conflict', 'invalid-files', 'rate-limited'],
    async run({ school, learnerId, params, body }) {
      const saved = await saveLabDraft(school, learnerId, { ...body, lab: params['id'] ?? '' });
      if (saved.outcome === 'saved') return { status: 200, body: saved.draft };
      if (saved.outcome !== 'conflict') return refuse(saved);
      return { problem: 'draft-conflict', members: { current: saved.current, yours: saved.yours } };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/labs/{id}/drafts',
    summary: 'The versions of your work, newest first. `?language=py|ts`',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.drafts },
    problems: ['not-found'],
    async run({ school, learnerId, params, query }) {
      const asked = { lab: params['id'] ?? '', language: language.parse(query.get('language') ?? undefined) };
      const found = await listLabDrafts(school, learnerId, { ...asked, language: asked.language ?? 'py' });
      return found.outcome === 'drafts' ? { status: 200, body: { drafts: found.drafts } } : refuse(found);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/labs/{id}/drafts/{version}',
    summary: 'One version with its files. `?language=py|ts`',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.draft },
    problems: ['not-found'],
    async run({ school, learnerId, params, query }) {
      const number = version.safeParse(params['version']);
      if (!number.success) return { problem: 'not-found' };
      const found = await getLabDraft(school, learnerId, {
        lab: params['id'] ?? '',
        language: language.parse(query.get('language') ?? undefined) ?? 'py',
        version: number.data,
      });
      return found.outcome === 'draft' ? { status: 200, body: found.draft } : refuse(found);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/labs/{id}/submissions',
    summary:
      'Hand in: graded with the hidden tests, recorded. The same files that still wait are not queued twice',
    viewer: true,
    may: 'labs',
    bodyLimit: FILES_LIMIT,
    request: labRequests.handIn,
    success: { status: 201, schema: labResponses.submission },
    problems: ['not-found', 'invalid-files', 'queue-full', 'rate-limited'],
    run: (call) => handIn(call, 'all'),
  }),
  defineOperation({
    method: 'post',
    path: '/labs/{id}/runs',
    summary: 'Run the visible tests here; never evidence',
    viewer: true,
    may: 'labs',
    bodyLimit: FILES_LIMIT,
    request: labRequests.handIn,
    success: { status: 201, schema: labResponses.submission },
    problems: ['not-found', 'invalid-files', 'queue-full', 'rate-limited'],
    run: (call) => handIn(call, 'visible'),
  }),
  defineOperation({
    method: 'get',
    path: '/labs/{id}/submissions',
    summary: 'What you handed in, newest first',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.submissions },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const found = await getLab(school, learnerId, { lab: params['id'] ?? '' });
      return found.outcome === 'lab'
        ? { status: 200, body: { submissions: found.lab.history.map(toSubmissionRow) } }
        : refuse(found);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/submissions/{id}',
    summary: 'A submission or a run: its place in the queue, how far it is, and its result',
    viewer: true,
    may: 'labs',
    success: { status: 200, schema: labResponses.submission },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const found = await getSubmission(school, learnerId, params['id'] ?? '');
      return found.outcome === 'submission'
        ? { status: 200, body: toSubmission(found.submission) }
        : refuse(found);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/submissions/{id}/cancel',
    summary:
      'Take it out of the queue, or stop it: nothing is recorded of it. One with a result stays as it is',
    viewer: true,
    may: 'labs',
    request: requests.empty,
    success: { status: 200, schema: labResponses.submission },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const ended = await cancelSubmission(school, learnerId, params['id'] ?? '');
      return ended.outcome === 'not-found'
        ? refuse(ended)
        : { status: 200, body: toSubmission(ended.submission) };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/labs/{id}/hints',
    summary: 'The next hint of a lab; recorded as aid',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: labResponses.hint },
    problems: ['not-found', 'check-open', 'no-more-hints'],
    async run({ school, learnerId, params }) {
      const taken = await takeLabHint(school, learnerId, params['id'] ?? '');
      if (taken.outcome !== 'hint') return refuse(taken);
      const { n, of, title, text } = taken;
      return { status: 200, body: { n, of, title, text } };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/labs/{id}/solution',
    summary: 'The reference solution, after a pass; recorded: what you hand in later is no evidence',
    viewer: true,
    request: labRequests.solution,
    success: { status: 200, schema: labResponses.solution },
    problems: ['not-found', 'check-open', 'not-passed'],
    async run({ school, learnerId, params, body }) {
      const shown = await showLabSolution(school, learnerId, {
        lab: params['id'] ?? '',
        language: body.language,
      });
      return shown.outcome === 'solution' ? { status: 200, body: { files: shown.files } } : refuse(shown);
    },
  }),
];
