import {
  leaveCheck,
  openDispute,
  startCheck,
  startPractice,
  startReview,
  submitAttempt,
  takeHint,
} from '@edirae/school';
import { defineOperation, refuse } from '../operation.ts';
import { requests, responses } from '../schemas.ts';
import { toAttemptResult, toItem } from '../shape.ts';

export const itemOperations = [
  defineOperation({
    method: 'post',
    path: '/practice',
    summary: 'Practise a skill',
    viewer: true,
    request: requests.practice,
    success: { status: 201, schema: responses.item },
    problems: ['not-found', 'locked', 'check-open', 'not-written', 'no-variant'],
    async run({ school, learnerId, body }) {
      const started = await startPractice(school, learnerId, body);
      if (started.outcome !== 'open') return refuse(started);
      return { status: started.existing ? 200 : 201, body: { item: toItem(started.practice.item) } };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/checks',
    summary: 'Take a mastery check, or get the open one',
    viewer: true,
    request: requests.check,
    success: { status: 201, schema: responses.check },
    problems: ['not-found', 'check-open', 'practice-first', 'stopped', 'not-written', 'no-variant'],
    async run({ school, learnerId, body }) {
      const started = await startCheck(school, learnerId, body.skill);
      if (started.outcome !== 'open') return refuse(started);
      const { checkId, item, rule, challenge } = started.check;
      return {
        status: started.existing ? 200 : 201,
        body: { checkId, item: item && toItem(item), rule, challenge },
      };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/checks/{id}/leave',
    summary: 'End the open check',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: responses.ended },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const left = await leaveCheck(school, learnerId, params['id'] ?? '');
      if (left.outcome !== 'ended') return refuse(left);
      const { checkId, outcome, progress, missing } = left.result;
      return {
        status: 200,
        body: {
          checkId,
          status: outcome,
          streak: progress.streak,
          misses: progress.misses,
          asked: progress.asked,
          missing,
        },
      };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/reviews',
    summary: 'A due skill review, unlabelled',
    viewer: true,
    request: requests.empty,
    success: { status: 201, schema: responses.item },
    problems: ['check-open', 'none-due', 'no-variant'],
    async run({ school, learnerId }) {
      const started = await startReview(school, learnerId);
      if (started.outcome !== 'open') return refuse(started);
      return {
        status: started.existing ? 200 : 201,
        body: { item: toItem(started.review.item), due: started.review.due },
      };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/items/{issueId}/hints',
    summary: 'The next hint; recorded as aid',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: responses.hint },
    problems: ['not-found', 'check-open', 'unaided-only', 'no-more-hints', 'issue-void'],
    async run({ school, learnerId, params }) {
      const taken = await takeHint(school, learnerId, params['issueId'] ?? '');
      return taken.outcome === 'hint'
        ? { status: 200, body: { n: taken.n, text: taken.text } }
        : refuse(taken);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/items/{issueId}/dispute',
    summary: 'Dispute the item',
    viewer: true,
    request: requests.dispute,
    success: { status: 201, schema: responses.dispute },
    problems: ['not-found', 'rate-limited'],
    async run({ school, learnerId, params, body }) {
      const opened = await openDispute(school, learnerId, {
        issueId: params['issueId'] ?? '',
        text: body.text,
      });
      return opened.outcome === 'recorded'
        ? { status: 201, body: { disputeId: opened.disputeId } }
        : refuse(opened);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/attempts',
    summary: 'Answer an issue; the first valid answer decides it',
    viewer: true,
    request: requests.attempt,
    success: { status: 201, schema: responses.attempt },
    problems: ['not-found', 'invalid-answer', 'issue-void', 'rate-limited'],
    async run({ school, learnerId, body }) {
      const submitted = await submitAttempt(school, learnerId, body);
      if (submitted.outcome !== 'recorded') return refuse(submitted);
      return { status: submitted.verdict.repeated ? 200 : 201, body: toAttemptResult(submitted.verdict) };
    },
  }),
];
