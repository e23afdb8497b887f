import { editTrack, getGoal, getToday, previewEdit, type School, type TrackEdit } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { drawPlan, drawTrack } from '#lib/server/draw-track.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import { listCatalogue } from '#lib/server/catalogue.ts';
import { listReceipts } from '#lib/server/receipts.ts';
import { parseEdit, type EditFields } from '#lib/server/track-edit.ts';
import { list } from '#lib/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const found = await getGoal(locals.school, learnerId);
  if (found.outcome === 'no-goal') redirect(303, '/goal');
  const { track, weeks, labs, likely } = found.goal;
  const { next } = await getToday(locals.school, learnerId);
  const asked = new Set(track.skills.filter((skill) => skill.target).map((skill) => skill.id));
  const inTrack = new Set(track.skills.map((skill) => skill.id));
  return {
    track,
    weeks,
    labs,
    likely,
    leftOut: found.goal.leftOut,
    ways: found.goal.ways !== null,
    receipts: listReceipts(found.goal, next.skill),
    next: next.skill,
    plan: drawPlan(track, locals.school.clock()),
    drawn: drawTrack(track),
    addable: listCatalogue(locals.school)
      .filter((skill) => !asked.has(skill.id))
      .map(({ id, title }) => ({ id, title: inTrack.has(id) ? `${title} (in the track already)` : title })),
    edited: url.searchParams.has('edited'),
    today: new Date(locals.school.clock()).toISOString().slice(0, 10),
  };
};

/** Why an edit cannot be made, in words; null where it can. */
function refusal(
  { curriculum }: School,
  result: { outcome: 'not-found' } | { outcome: 'no-goal' } | { outcome: 'cannot-move'; because: string[] },
): string {
  if (result.outcome === 'no-goal') return 'There is no track to change yet.';
  if (result.outcome !== 'cannot-move') return 'That skill is not in the track any more. Reload the page.';
  const titles = result.because.map((id) => curriculum.skills.get(id)?.title ?? id);
  return titles.length > 0
    ? `It stands where it must: ${list(titles)} and it require one another in this order.`
    : 'It stands where it must: what it requires comes before it.';
}

/** What an edit was about, so that the page can name it. */
function about({ curriculum }: School, edit: TrackEdit): string[] {
  const ids = [...(edit.add ?? []), ...(edit.remove ?? []), ...(edit.move ? [edit.move.skill] : [])];
  return ids.map((id) => curriculum.skills.get(id)?.title ?? id);
}

export const actions: Actions = {
  /** What a change would do to the track and its dates. Nothing is recorded. */
  see: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = parseEdit(await request.formData());
    if (!parsed.ok) return fail(422, { problem: parsed.problem, seen: null });
    const result = await previewEdit(locals.school, learnerId, parsed.edit);
    if (result.outcome === 'rate-limited') tooMany(result.retryAfter);
    if (result.outcome !== 'preview')
      return fail(result.outcome === 'cannot-move' ? 409 : 404, {
        problem: refusal(locals.school, result),
        seen: null,
      });
    const seen: { preview: typeof result.preview; fields: EditFields; about: string[] } = {
      preview: result.preview,
      fields: parsed.fields,
      about: about(locals.school, parsed.edit),
    };
    return { problem: undefined, seen };
  },

  apply: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = parseEdit(await request.formData());
    if (!parsed.ok) return fail(422, { problem: parsed.problem, seen: null });
    const result = await editTrack(locals.school, learnerId, parsed.edit);
    if (result.outcome !== 'edited')
      return fail(result.outcome === 'cannot-move' ? 409 : 404, {
        problem: refusal(locals.school, result),
        seen: null,
      });
    redirect(303, '/track?edited');
  },
};
