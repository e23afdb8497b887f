import { findProposer, getGoal, previewGoal, proposeGoal, setGoal } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { drawGoal } from '#lib/server/draw-goal.ts';
import { parseGoal } from '#lib/server/goal-form.ts';
import { ensureLearner, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

/** The present goal as it is read, before and after anything is learned; without one, or with `?new`, the box for one. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const found = locals.viewer ? await getGoal(locals.school, locals.viewer.learnerId) : null;
  const goal = found?.outcome === 'goal' ? found.goal : null;
  return {
    present: goal && drawGoal(locals.school, goal),
    asksForNew: goal === null || url.searchParams.has('new'),
    accepted: url.searchParams.has('accepted'),
    proposer: locals.viewer ? await findProposer(locals.school, locals.viewer.learnerId) : null,
  };
};

export const actions: Actions = {
  /** Reads a goal. A first one becomes the track at once; another is only shown until it is accepted. */
  read: async (event) => {
    const { locals, request } = event;
    const parsed = parseGoal(await request.formData());
    if (!parsed.ok) return fail(422, { problem: parsed.problem, typed: parsed.typed, draft: null });
    const learnerId = await ensureLearner(event);
    const present = await getGoal(locals.school, learnerId);
    if (present.outcome === 'no-goal' || present.goal.track.skills.length === 0) {
      const set = await setGoal(locals.school, learnerId, parsed.input);
      if (set.outcome === 'rate-limited') tooMany(set.retryAfter);
      redirect(303, '/goal');
    }
    const seen = await previewGoal(locals.school, learnerId, parsed.input);
    if (seen.outcome === 'rate-limited') tooMany(seen.retryAfter);
    return { problem: undefined, typed: parsed.typed, draft: drawGoal(locals.school, seen.goal) };
  },

  /** Has the model read the goal too. What it proposes is only shown until it is accepted. */
  propose: async (event) => {
    const { locals, request } = event;
    const parsed = parseGoal(await request.formData());
    if (!parsed.ok) return fail(422, { problem: parsed.problem, typed: parsed.typed, draft: null });
    const learnerId = await ensureLearner(event);
    const seen = await proposeGoal(locals.school, learnerId, parsed.input);
    if (seen.outcome === 'rate-limited') tooMany(seen.retryAfter);
    const { proposed, model, failure } = seen;
    return {
      problem: undefined,
      typed: { ...parsed.typed, ...(proposed.length > 0 ? { proposed: JSON.stringify(proposed) } : {}) },
      draft: drawGoal(locals.school, seen.goal),
      asked: { model, failure, proposed: proposed.length },
    };
  },

  /** Takes a goal for the track, or beside what the track asks for already. */
  accept: async (event) => {
    const { locals, request } = event;
    const form = await request.formData();
    const parsed = parseGoal(form);
    if (!parsed.ok) return fail(422, { problem: parsed.problem, typed: parsed.typed, draft: null });
    const learnerId = await ensureLearner(event);
    const set = await setGoal(locals.school, learnerId, {
      ...parsed.input,
      keep: form.get('how') === 'beside',
    });
    if (set.outcome === 'rate-limited') tooMany(set.retryAfter);
    redirect(303, '/goal?accepted');
  },
};
