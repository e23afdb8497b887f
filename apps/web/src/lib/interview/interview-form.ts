import { z } from 'zod';
import { LONGEST } from './kept-words.ts';

const text = z.string().max(LONGEST).default('');
const whole = z.coerce.number().int().min(0);

/** What the form of an answer posts. Without scripts there is no counted time. */
const draftForm = z.object({
  id: z.string().max(64).optional(),
  revision: whole.max(1e9).optional(),
  seconds: whole.max(1e7).optional(),
  assumed: text,
  design: text,
  breaks: text,
  asked: z.array(whole.max(99)).max(20),
  aloud: z.literal('on').optional(),
});

export type DraftForm = z.infer<typeof draftForm>;

/** Reads the form of an answer; undefined where it is not one. */
export function findDraft(form: FormData): DraftForm | undefined {
  const value = (name: string): string | undefined => {
    const raw = form.get(name);
    return typeof raw === 'string' && raw !== '' ? raw : undefined;
  };
  const parsed = draftForm.safeParse({
    id: value('id'),
    revision: value('revision'),
    seconds: value('seconds'),
    assumed: value('assumed'),
    design: value('design'),
    breaks: value('breaks'),
    asked: form.getAll('asked'),
    aloud: value('aloud'),
  });
  return parsed.success ? parsed.data : undefined;
}

const point = z
  .enum(['0', '1', '2'])
  .transform((value) => Number(value) as 0 | 1 | 2)
  .nullable();

const scoreForm = z.object({
  run: z.string().min(1).max(64),
  points: z.array(point).max(10),
  quotes: z.array(z.string().max(1_000)).max(10),
  general: z.array(z.boolean()).max(10),
});

export type ScoreForm = z.infer<typeof scoreForm>;

/** Reads the form of a score: `p0` … and `q0` … for each point, `g0` … for the general ones. */
export function findScore(form: FormData, points: number, general: number): ScoreForm | undefined {
  const places = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
  const parsed = scoreForm.safeParse({
    run: form.get('run'),
    points: places(points).map((n) => form.get(`p${n}`)),
    quotes: places(points).map((n) => form.get(`q${n}`) ?? ''),
    general: places(general).map((n) => form.get(`g${n}`) === 'on'),
  });
  return parsed.success ? parsed.data : undefined;
}
