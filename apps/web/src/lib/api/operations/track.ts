import {
  getNext,
  getTrack,
  searchBody,
  searchLibrary,
  setGoal,
  startPlacement,
  stopPlacement,
} from '@edirae/school';
import { defineOperation, refuse } from '../operation.ts';
import { requests, responses } from '../schemas.ts';
import { toItem, toTrack } from '../shape.ts';

export const trackOperations = [
  defineOperation({
    method: 'post',
    path: '/goals',
    summary: 'State a goal and get a track',
    viewer: true,
    request: requests.goal,
    success: { status: 201, schema: responses.goal },
    problems: ['check-open', 'rate-limited'],
    async run({ school, learnerId, body }) {
      const set = await setGoal(school, learnerId, body);
      if (!('track' in set)) return refuse(set);
      return { status: 201, body: { goalId: set.goalId, outcome: set.outcome, track: toTrack(set.track) } };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/track',
    summary: 'The current track',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.track },
    problems: ['no-goal'],
    async run({ school, learnerId }) {
      const found = await getTrack(school, learnerId);
      return found.outcome === 'track' ? { status: 200, body: toTrack(found.track) } : refuse(found);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/next',
    summary: 'The one next action, with its reason',
    viewer: true,
    may: 'read',
    success: { status: 200, schema: responses.next },
    problems: [],
    async run({ school, learnerId }) {
      const next = await getNext(school, learnerId);
      return {
        status: 200,
        body: {
          action: next.action,
          ...(next.skill ? { skill: next.skill } : {}),
          ...(next.lab ? { lab: next.lab.id } : {}),
          why: next.why,
        },
      };
    },
  }),
  defineOperation({
    method: 'get',
    path: '/search',
    summary: 'Find what is taught by words: `?q=`, and `kind=` and `limit=` where wanted',
    viewer: true,
    success: { status: 200, schema: responses.search },
    problems: [],
    async run({ school, learnerId, query }) {
      const asked = searchBody.parse(Object.fromEntries(query));
      return { status: 200, body: await searchLibrary(school, learnerId, asked) };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/placements',
    summary: 'Start the placement, or get its open item again',
    viewer: true,
    request: requests.empty,
    success: { status: 201, schema: responses.placement },
    problems: ['no-goal', 'check-open', 'no-variant'],
    async run({ school, learnerId }) {
      const started = await startPlacement(school, learnerId);
      if (started.outcome === 'open') {
        const { placementId, item } = started.placement;
        return { status: started.existing ? 200 : 201, body: { placementId, item: toItem(item) } };
      }
      if (started.outcome === 'done')
        return { problem: 'no-variant', members: { detail: 'There is nothing left to place.' } };
      return refuse(started);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/placements/{id}/stop',
    summary: 'Stop the placement',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: responses.placed },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const stopped = await stopPlacement(school, learnerId, params['id'] ?? '');
      if (stopped.outcome !== 'ended') return refuse(stopped);
      return { status: 200, body: { placed: stopped.result.placed.map((skill) => skill.id) } };
    },
  }),
];
