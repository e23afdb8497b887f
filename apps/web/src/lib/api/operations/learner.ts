import {
  deleteLearner,
  exportLearner,
  getHealth,
  getProgress,
  getSkill,
  readLedger,
  startGuest,
} from '@edirae/school';
import { z } from 'zod';
import { defineOperation, refuse } from '../operation.ts';
import { requests, responses } from '../schemas.ts';
import { toProgress, toSkill } from '../shape.ts';

const after = z.coerce.number().int().min(0).catch(0);

export const learnerOperations = [
  defineOperation({
    method: 'post',
    path: '/guests',
    summary: 'Start as a guest',
    viewer: false,
    request: requests.empty,
    success: { status: 201, schema: responses.guest },
    problems: ['rate-limited'],
    async run({ school, client }) {
      const started = await startGuest(school, { client });
      return started.outcome === 'started'
        ? { status: 201, body: { token: started.token, learnerId: started.learnerId } }
        : refuse(started);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/skills/{id}',
    summary: 'A skill, where the learner stands and what the rule asks',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.skill },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const found = await getSkill(school, learnerId, params['id'] ?? '');
      return found.outcome === 'skill' ? { status: 200, body: toSkill(found.skill) } : refuse(found);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/progress',
    summary: 'All states',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.progress },
    problems: [],
    async run({ school, learnerId }) {
      return { status: 200, body: toProgress(await getProgress(school, learnerId)) };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/ledger',
    summary: 'The learner’s ledger, after an event',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.ledger },
    problems: [],
    async run({ school, learnerId, query }) {
      const { events, head } = await readLedger(school, learnerId, {
        after: after.parse(query.get('after') ?? 0),
      });
      return { status: 200, body: { learnerId, events, head } };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/export',
    summary: 'Everything Edirae holds about the learner',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.export },
    problems: [],
    async run({ school, learnerId }) {
      return { status: 200, json: await exportLearner(school, learnerId) };
    },
  }),
  defineOperation({
    method: 'delete',
    path: '/me',
    summary: 'Delete the learner and everything of theirs',
    viewer: true,
    success: { status: 204, schema: null },
    problems: [],
    async run({ school, learnerId }) {
      await deleteLearner(school, learnerId);
      return { status: 204 };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/health',
    summary: 'Is it up, and what does it decide with',
    viewer: false,
    success: { status: 200, schema: responses.health },
    problems: [],
    async run({ school }) {
      return { status: 200, body: await getHealth(school) };
    },
  }),
];
