import { askMentor } from '@edirae/school';
import { defineOperation, refuse } from '../operation.ts';
import { requests, responses } from '../schemas.ts';

export const mentorOperations = [
  defineOperation({
    method: 'post',
    path: '/mentor/messages',
    summary: 'Ask the mentor; it answers from the lessons',
    viewer: true,
    request: requests.mentor,
    success: { status: 200, schema: responses.mentor },
    problems: ['check-open', 'not-found', 'rate-limited'],
    async run({ school, learnerId, body }) {
      const asked = await askMentor(school, learnerId, body);
      return asked.outcome === 'answered' ? { status: 200, events: asked.events } : refuse(asked);
    },
  }),
];
