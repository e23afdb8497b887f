import {
  listResources,
  markResource,
  reportDeadLink,
  resourcesAsked,
  type MarkResource,
} from '@edirae/school';
import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { ensureLearner, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  view: await listResources(
    locals.school,
    locals.viewer?.learnerId ?? null,
    resourcesAsked.parse(
      // A form sends what was left at “all” as an empty text.
      Object.fromEntries([...url.searchParams].filter(([, value]) => value !== '')),
    ),
  ),
});

const yesOrNo = z
  .enum(['yes', 'no'])
  .transform((word) => word === 'yes')
  .optional();

const markSchema = z.object({ url: z.string(), saved: yesOrNo, done: yesOrNo, note: z.string().optional() });

async function read<T extends z.ZodType>(event: RequestEvent, schema: T): Promise<z.infer<T>> {
  const form = schema.safeParse(Object.fromEntries(await event.request.formData()));
  if (!form.success) error(422, 'This form was not complete.');
  return form.data;
}

function said(result: MarkResource, as: 'marked' | 'reported') {
  if (result.outcome === 'rate-limited') tooMany(result.retryAfter);
  if (result.outcome === 'not-found') error(404, 'No such resource');
  return { [as]: result.mark.url };
}

export const actions: Actions = {
  mark: async (event) => {
    const { url, ...change } = await read(event, markSchema);
    const learnerId = await ensureLearner(event);
    return said(await markResource(event.locals.school, learnerId, url, change), 'marked');
  },

  report: async (event) => {
    const { url } = await read(event, z.object({ url: z.string() }));
    const learnerId = await ensureLearner(event);
    return said(await reportDeadLink(event.locals.school, learnerId, url), 'reported');
  },
};
