import { answerExplainBack, getExplainBack, leaveExplainBack, startExplainBack } from '@edirae/school';
import { defineOperation, refuse } from '../operation.ts';
import { requests } from '../schemas.ts';
import { labRequests, labResponses } from './lab-schemas.ts';
import { toExplainBack } from './lab-shapes.ts';

/** Three questions about one's own work, their keys computed by running it. */
export const explainBackOperations = [
  defineOperation({
    method: 'post',
    path: '/labs/{id}/explain-backs',
    summary: 'Ask for questions about your own pass of a lab; while some are open, these',
    viewer: true,
    request: requests.empty,
    success: { status: 201, schema: labResponses.explainBack },
    problems: ['not-found', 'not-explainable', 'check-open', 'queue-full', 'rate-limited'],
    async run({ school, learnerId, params }) {
      const started = await startExplainBack(school, learnerId, params['id'] ?? '');
      return started.outcome === 'explain-back'
        ? { status: 201, body: toExplainBack(started.explainBack) }
        : refuse(started);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/explain-backs/{id}',
    summary: 'The questions, once they are made; your answers and the right ones, once you answered',
    viewer: true,
    success: { status: 200, schema: labResponses.explainBack },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const found = await getExplainBack(school, learnerId, params['id'] ?? '');
      return found.outcome === 'explain-back'
        ? { status: 200, body: toExplainBack(found.explainBack) }
        : refuse(found);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/explain-backs/{id}/answers',
    summary: 'Answer all questions, once; null is "I don\'t know"',
    viewer: true,
    request: labRequests.answers,
    success: { status: 200, schema: labResponses.explainBack },
    problems: ['not-found', 'not-open', 'invalid-answer'],
    async run({ school, learnerId, params, body }) {
      const ended = await answerExplainBack(school, learnerId, params['id'] ?? '', body.answers);
      return ended.outcome === 'explain-back'
        ? { status: 200, body: toExplainBack(ended.explainBack) }
        : refuse(ended);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/explain-backs/{id}/leave',
    summary: 'Leave the questions unanswered, which counts as not explained',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: labResponses.explainBack },
    problems: ['not-found', 'not-open'],
    async run({ school, learnerId, params }) {
      const ended = await leaveExplainBack(school, learnerId, params['id'] ?? '');
      return ended.outcome === 'explain-back'
        ? { status: 200, body: toExplainBack(ended.explainBack) }
        : refuse(ended);
    },
  }),
];
