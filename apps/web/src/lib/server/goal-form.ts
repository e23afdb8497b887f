import type { GoalInput } from '@edirae/school';
import { z } from 'zod';
import { NO_SUCH_DAY, planDay } from './day.ts';

/** Letters that a goal box takes; the API takes more. */
export const longestGoal = 2000;

const schema = z.object({
  goal: z.string().trim().min(1).max(longestGoal),
  background: z.string().trim().max(2000).default(''),
  hours: z.union([z.literal('').transform(() => undefined), z.coerce.number().min(0.5).max(80)]).optional(),
  deadline: z.union([z.literal(''), planDay]).default(''),
});

/** What a model proposed for the goal, as the form of a reading carries it along. */
const proposedSchema = z.array(z.object({ skill: z.string().max(100), words: z.string().max(300) })).max(20);

/** What was typed into a goal box, kept so that nothing is lost when it cannot be taken. */
export interface TypedGoal {
  goal: string;
  background: string;
  hours: string;
  deadline: string;
  /** JSON; absent where no model was asked. */
  proposed?: string;
}

export type ParsedGoal =
  { ok: true; input: GoalInput; typed: TypedGoal } | { ok: false; problem: string; typed: TypedGoal };

/** Reads the fields of a goal box. */
export function parseGoal(form: FormData): ParsedGoal {
  const text = (name: string): string => String(form.get(name) ?? '');
  const typed = {
    goal: text('goal'),
    background: text('background'),
    hours: text('hours'),
    deadline: text('deadline'),
    ...(text('proposed') === '' ? {} : { proposed: text('proposed') }),
  };
  const parsed = schema.safeParse(typed);
  if (!parsed.success)
    return { ok: false, problem: problemOf(parsed.error.issues[0]?.path[0], typed), typed };
  const { goal, background, hours, deadline } = parsed.data;
  const proposed = parseProposed(typed.proposed);
  return {
    ok: true,
    typed,
    input: {
      text: goal,
      ...(background ? { background } : {}),
      ...(hours === undefined ? {} : { hoursPerWeek: hours }),
      ...(deadline ? { deadline } : {}),
      ...(proposed.length > 0 ? { proposed } : {}),
    },
  };
}

/** Nobody types it: what cannot be read is no proposal. */
function parseProposed(json: string | undefined): z.infer<typeof proposedSchema> {
  if (json === undefined || json.length > 10_000) return [];
  try {
    return proposedSchema.parse(JSON.parse(json));
  } catch {
    return [];
  }
}

function problemOf(field: PropertyKey | undefined, { goal }: TypedGoal): string {
  if (field === 'hours') return 'Hours a week: a number from 0.5 to 80.';
  if (field === 'deadline') return NO_SUCH_DAY;
  if (field === 'background') return 'The background is too long: 2,000 characters are enough.';
  return goal.trim() === ''
    ? 'Write what you want to be able to do, in a few words or more.'
    : `The goal is too long: ${longestGoal.toLocaleString('en')} characters are enough.`;
}
