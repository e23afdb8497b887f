import { editTrack, getTrack, getToday } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { drawPlan, drawTrack } from '#lib/server/draw-track.ts';
import { requireViewer } from '#lib/server/learner.ts';
import { listCatalogue } from '#lib/server/catalogue.ts';
import { listReceipts } from '#lib/server/receipts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const found = await getTrack(locals.school, learnerId);
  if (found.outcome === 'no-goal') redirect(303, '/today');
  const { next } = await getToday(locals.school, learnerId);
  const inTrack = new Set(found.track.skills.filter((skill) => skill.target).map((skill) => skill.id));
  const catalogue = listCatalogue(locals.school);
  const named = (id: string | null) => (id ? (catalogue.find((skill) => skill.id === id) ?? null) : null);
  const removed = named(url.searchParams.get('removed'));
  const added = named(url.searchParams.get('added'));
  return {
    track: found.track,
    receipts: listReceipts(found.track, next.skill),
    next: next.skill,
    plan: drawPlan(found.track, locals.school.clock()),
    drawn: drawTrack(found.track),
    addable: catalogue.filter((skill) => !inTrack.has(skill.id)).map(({ id, title }) => ({ id, title })),
    removed: removed && { id: removed.id, title: removed.title },
    added: added && { id: added.id, title: added.title },
    planned: url.searchParams.has('planned'),
  };
};

const planForm = z.object({
  hours: z.coerce.number().min(0.5).max(80),
  deadline: z.union([z.iso.date(), z.literal('').transform(() => null)]),
});
const skillForm = z.object({ skill: z.string().min(1).max(100) });

export const actions: Actions = {
  plan: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = planForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success)
      return fail(422, {
        problem: 'Hours a week: a number from 0.5 to 80. A date, if any, as year, month and day.',
      });
    const { hours, deadline } = parsed.data;
    await editTrack(locals.school, learnerId, { hoursPerWeek: hours, deadline });
    redirect(303, '/track?planned=1#plan');
  },

  remove: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const { skill } = skillForm.parse(Object.fromEntries(await request.formData()));
    const result = await editTrack(locals.school, learnerId, { remove: [skill] });
    if (result.outcome === 'not-found') error(404, 'That skill is not asked for by the goal');
    redirect(303, `/track?removed=${encodeURIComponent(skill)}`);
  },

  add: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = skillForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { problem: 'Choose a skill to add.' });
    const result = await editTrack(locals.school, learnerId, { add: [parsed.data.skill] });
    if (result.outcome === 'not-found') error(404, 'No such skill');
    redirect(303, `/track?added=${encodeURIComponent(parsed.data.skill)}`);
  },
};
