import {
  dropInterview,
  finishInterview,
  getInterview,
  saveInterview,
  scoreInterview,
  type InterviewAnswerView,
  type InterviewDraft,
  type SaveInterview,
} from '@edirae/school';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findDraft, findScore, type DraftForm } from '#lib/interview/interview-form.ts';
import { ensureLearner, requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const found = await getInterview(locals.school, locals.viewer?.learnerId ?? null, {
    career: params.id,
    prompt: params.prompt,
    run: url.searchParams.get('run') ?? undefined,
  });
  if (found.outcome === 'not-found') error(404, 'No such interview');
  const { view } = found;
  // Asked for a fresh page while an answer is open: that one goes on, under its own address.
  if (url.searchParams.get('run') === 'new' && view.current) redirect(303, `?run=${view.current.id}`);
  return { view };
};

const UNREADABLE =
  'This could not be read, and nothing was changed. Each field takes up to 20,000 characters.';
const EMPTY = 'Nothing is written yet. Write or outline an answer first, or say that you answered aloud.';

type Prompt = { id: string; prompt: string };

async function readDraft(
  event: RequestEvent,
): Promise<{ form: DraftForm; draft: InterviewDraft } | undefined> {
  const form = findDraft(await event.request.formData());
  if (!form) return undefined;
  const { id, revision, seconds, assumed, design, breaks, asked } = form;
  const prompt = (event.params as Prompt).prompt;
  return { form, draft: { prompt, id, revision, seconds, answer: { asked, assumed, design, breaks } } };
}

/** What the page needs of a refusal: its own words back, and what stands elsewhere. */
function refuse(result: Exclude<SaveInterview, { outcome: 'saved' }>, draft: InterviewDraft) {
  switch (result.outcome) {
    case 'rate-limited':
      return tooMany(result.retryAfter);
    case 'not-found':
      return error(404, 'No such interview');
    case 'saved-elsewhere': {
      const elsewhere: InterviewAnswerView = { ...result.interview, total: null };
      return fail(409, { elsewhere, kept: draft.answer });
    }
  }
}

export const actions: Actions = {
  save: async (event) => {
    const read = await readDraft(event);
    if (!read) return fail(422, { problem: UNREADABLE });
    const result = await saveInterview(event.locals.school, await ensureLearner(event), read.draft);
    if (result.outcome !== 'saved') return refuse(result, read.draft);
    const saved: InterviewAnswerView = { ...result.interview, total: null };
    return { saved };
  },

  finish: async (event) => {
    const read = await readDraft(event);
    if (!read) return fail(422, { problem: UNREADABLE });
    const learnerId = await ensureLearner(event);
    const result = await finishInterview(
      event.locals.school,
      learnerId,
      read.draft,
      read.form.aloud === 'on',
    );
    if (result.outcome === 'empty') return fail(422, { problem: EMPTY, kept: read.draft.answer });
    if (result.outcome !== 'saved') return refuse(result, read.draft);
    redirect(303, `?run=${result.interview.id}#sc`);
  },

  score: async (event) => {
    const { learnerId } = requireViewer(event.locals);
    const prompt = event.locals.school.curriculum.interviewPrompts.find(
      ({ id }) => id === event.params.prompt,
    );
    const score = findScore(await event.request.formData(), prompt?.rubric.length ?? 0, 4);
    if (!score) return fail(422, { scoreProblem: 'This score could not be read, and nothing was changed.' });
    const result = await scoreInterview(event.locals.school, learnerId, score.run, score);
    switch (result.outcome) {
      case 'scored':
        return { scored: true };
      case 'rate-limited':
        return tooMany(result.retryAfter);
      case 'unfinished':
        return fail(409, { scoreProblem: 'This answer is not finished; finish it first.' });
      case 'not-found':
        return error(404, 'No such interview');
    }
  },

  drop: async (event) => {
    const { learnerId } = requireViewer(event.locals);
    const run = String((await event.request.formData()).get('run') ?? '');
    const result = await dropInterview(event.locals.school, learnerId, run);
    if (result.outcome === 'not-found') error(404, 'No such interview');
    redirect(303, `/careers/${event.params.id}/interview/${event.params.prompt}`);
  },
};
