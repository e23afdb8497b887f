import {
  answerExplainBack,
  getExplainBack,
  getLab,
  leaveExplainBack,
  startExplainBack,
} from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerId } = requireViewer(locals, `/labs/${params.id}`);
  const found = await getLab(locals.school, learnerId, { lab: params.id });
  if (found.outcome === 'not-found') error(404, 'No such lab');
  const { id, title, capstone, language, explain, explainBack, state } = found.lab;
  const asked = url.searchParams.get('asked');
  const other = asked === null ? null : await getExplainBack(locals.school, learnerId, asked);
  const shown =
    other?.outcome === 'explain-back' && other.explainBack.lab === id ? other.explainBack : explainBack;
  return { lab: { id, title, capstone, language, explain, state }, shown };
};

const FULL = 'Too much waits to be run at the moment. Nothing was recorded; ask again in a minute.';
const NOT_NOW = 'These questions cannot be asked now. Nothing was recorded.';

export const actions: Actions = {
  start: async ({ locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const started = await startExplainBack(locals.school, learnerId, params.id);
    switch (started.outcome) {
      case 'explain-back':
        // Questions about another lab may be open: they come first.
        return redirect(303, `/labs/${started.explainBack.lab}/explain`);
      case 'check-open':
        return redirect(303, `/checks/${started.checkId}`);
      case 'rate-limited':
        return tooMany(started.retryAfter);
      case 'queue-full':
        return fail(503, { problem: FULL });
      case 'not-explainable':
        return fail(409, { problem: NOT_NOW });
      case 'not-found':
        return error(404, 'No such lab');
    }
  },

  answer: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const text = (name: string): string | null => {
      const value = form.get(name);
      return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 2_000) : null;
    };
    const count = Math.min(10, Number(form.get('count')) || 0);
    const isUnknown = (at: number): boolean => form.get(`unknown-${at + 1}`) === 'on';
    const answers = Array.from({ length: count }, (_, at) =>
      isUnknown(at) ? null : text(`answer-${at + 1}`),
    );
    const kept = Object.fromEntries(answers.map((answer, at) => [at + 1, answer ?? '']));
    // They are answered once: what was overlooked is asked for again, not counted.
    const overlooked = answers.findIndex((answer, at) => answer === null && !isUnknown(at));
    if (overlooked >= 0)
      return fail(422, {
        problem: `Question ${overlooked + 1} has no answer. Answer it, or say that you don’t know. Nothing was recorded.`,
        kept,
      });
    const result = await answerExplainBack(locals.school, learnerId, String(form.get('id') ?? ''), answers);
    switch (result.outcome) {
      case 'explain-back':
        return redirect(303, `/labs/${params.id}/explain#verdict`);
      case 'invalid-answer':
        return fail(422, { problem: result.detail, kept });
      case 'not-open':
        return redirect(303, `/labs/${params.id}/explain`);
      case 'not-found':
        return error(404, 'No such questions');
    }
  },

  leave: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const id = String((await request.formData()).get('id') ?? '');
    await leaveExplainBack(locals.school, learnerId, id);
    redirect(303, `/labs/${params.id}/explain#verdict`);
  },
};
