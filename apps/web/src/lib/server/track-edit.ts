import type { TrackEdit } from '@edirae/school';
import { z } from 'zod';
import { NO_SUCH_DAY, planDay } from './day.ts';

const id = z.string().min(1).max(100);
const ids = z.array(id).max(200);
const day = z.union([planDay, z.literal('').transform(() => null)]);

const schema = z.object({
  hours: z.coerce.number().min(0.5).max(80).optional(),
  deadline: day.optional(),
  pause: day.optional(),
  add: ids.optional(),
  /** Not `remove`: a field of that name would take the place of the form's own method in a browser. */
  drop: ids.optional(),
  /** `first:<skill>`, `earlier:`, `later:` or `drop:`: one form serves every row of a long track. */
  do: z
    .string()
    .regex(/^(first|earlier|later|drop):[a-z0-9-]{1,100}$/)
    .optional(),
  order: z.literal('edirae').optional(),
});

const single = ['hours', 'deadline', 'pause', 'do', 'order'] as const;
const several = ['add', 'drop'] as const;

/** The fields of an edit as a form holds them: shown, then sent again as they are. */
export type EditFields = [name: string, value: string][];

export type ParsedEdit = { ok: true; edit: TrackEdit; fields: EditFields } | { ok: false; problem: string };

/** Reads a change of the track from a form. Fields that are absent change nothing. */
export function parseEdit(form: FormData): ParsedEdit {
  const given = {
    ...Object.fromEntries(single.flatMap((name) => (form.has(name) ? [[name, String(form.get(name))]] : []))),
    ...Object.fromEntries(
      several.flatMap((name) =>
        form.has(name) ? [[name, form.getAll(name).map(String).filter(Boolean)]] : [],
      ),
    ),
  };
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.error.issues[0]?.path[0]) };
  const { hours, deadline, pause, add, drop, order } = parsed.data;
  const edit: TrackEdit = {
    ...(hours === undefined ? {} : { hoursPerWeek: hours }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(pause === undefined ? {} : { pausedUntil: pause }),
    ...(add?.length ? { add } : {}),
    ...(drop?.length ? { remove: drop } : {}),
    ...readDo(parsed.data.do),
    ...(order === undefined ? {} : { ownOrder: false as const }),
  };
  if (Object.keys(edit).length === 0) return { ok: false, problem: 'Choose what to change first.' };
  const fields = Object.entries(given).flatMap(([name, value]): EditFields =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return { ok: true, edit, fields };
}

function readDo(said: string | undefined): TrackEdit {
  const [what, skill] = said?.split(':') ?? [];
  if (skill === undefined) return {};
  if (what === 'drop') return { remove: [skill] };
  return what === 'first' || what === 'earlier' || what === 'later' ? { move: { skill, to: what } } : {};
}

function problemOf(field: PropertyKey | undefined): string {
  if (field === 'hours') return 'Hours a week: a number from 0.5 to 80.';
  if (field === 'deadline' || field === 'pause') return NO_SUCH_DAY;
  return 'That change cannot be read. Reload the page and try again.';
}
