import { getReviewPack, gradeCards } from '@edirae/school';
import { z } from 'zod';
import { defineOperation, refuse } from '../operation.ts';

const id = z.string().min(1).max(200);
const milliseconds = z.int().meta({ description: 'Milliseconds UTC.' });

const sentGrade = z
  .object({
    id: id.meta({ description: 'Chosen by the sender: the same id sent twice counts once.' }),
    card: id.meta({ description: 'The `ref` of a card.' }),
    grade: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
    undoes: id.optional().meta({ description: 'The id of a grade that is taken back, instead of a grade.' }),
    at: milliseconds.optional().meta({
      description: 'By the device’s clock; left out: now. It serves the schedule alone.',
    }),
    ms: z.int().min(0).optional().meta({ description: 'Time taken, in milliseconds.' }),
  })
  .refine(({ grade, undoes }) => (grade === undefined) !== (undoes === undefined), {
    message: 'Give either grade or undoes.',
  });

const card = z
  .looseObject({
    ref: z.string(),
    front: z.string().meta({ description: 'Sanitised HTML' }),
    back: z.string().meta({ description: 'Sanitised HTML' }),
    deck: z.string(),
    dueAt: milliseconds.nullable(),
    from: milliseconds.meta({ description: 'Asked from then on.' }),
    next: z.array(milliseconds).meta({ description: 'Due after again, hard, good, easy.' }),
    afterAgain: z.array(milliseconds),
  })
  .meta({ id: 'Flashcard' });

const dueCards = z.object({
  learnerId: z.string(),
  madeAt: milliseconds,
  retention: z.number(),
  cards: z.array(card),
  items: z.int().meta({ description: 'Skills due for review; their items are issued by POST /reviews.' }),
});

const merged = z.object({
  kept: z.array(z.string()),
  added: z.int(),
  refused: z.array(z.object({ id: z.string(), why: z.string() })),
});

const grades = z.object({ grades: z.array(sentGrade).min(1).max(200) });

export const cardOperations = [
  defineOperation({
    method: 'get',
    path: '/cards/due',
    summary: 'Flashcards due now and in the next days, with their answers',
    viewer: true,
    success: { status: 200, schema: dueCards },
    problems: [],
    async run({ school, learnerId }) {
      return { status: 200, body: await getReviewPack(school, learnerId) };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/cards/grades',
    summary: 'Grade flashcards, once each, in whatever order they arrive',
    viewer: true,
    request: grades,
    success: { status: 200, schema: merged },
    problems: ['rate-limited'],
    async run({ school, learnerId, body }) {
      const result = await gradeCards(school, learnerId, body.grades, 'offline');
      if (result.outcome !== 'merged') return refuse(result);
      const { kept, added, refused } = result;
      return { status: 200, body: { kept, added, refused } };
    },
  }),
];
