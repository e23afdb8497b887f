import {
  cancelSubmission,
  getLab,
  restoreLabDraft,
  saveLabDraft,
  submitLab,
  takeLabHint,
  type SubmissionView,
} from '@edirae/school';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findLabForm, type LabForm } from '#lib/lab/work/lab-form.ts';
import { findLanguage } from '#lib/server/lab-pages.ts';
import { ensureLearner, requireViewer, tooMany } from '#lib/server/learner.ts';
import { listPyodideFiles } from '#lib/server/pyodide-files.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const learner = locals.viewer?.learnerId ?? null;
  const found = await getLab(locals.school, learner, {
    lab: params.id,
    language: findLanguage(url),
  });
  if (found.outcome === 'not-found') error(404, 'No such lab');
  const { lab } = found;
  return {
    lab,
    learner,
    python: lab.language === 'py' ? await listPyodideFiles() : null,
    waiting: [lab.submission, lab.run].some((one) => one?.state === 'queued' || one?.state === 'running'),
  };
};

const UNREADABLE = 'This could not be read, and nothing was changed. Reload the page and try again.';
const FULL = 'Too much waits to be run at the moment. Your code is saved; send it again in a minute.';
const TWO =
  'You also edited this on another device. Both versions are kept: look at Versions, below the code, and choose one. Nothing was sent.';
const CHECK = 'A check is open, and hints rest until it has ended.';

/** The lab that an event is about. */
const labOf = (event: RequestEvent): string => String(event.params['id']);

async function readForm(event: RequestEvent): Promise<LabForm | undefined> {
  return findLabForm(await event.request.formData());
}

/** Saves what came with a form that scripts did not send, so that nothing typed is lost. Null: it was saved, or there was nothing. */
async function saveAlong(event: RequestEvent, learnerId: string, form: LabForm) {
  if (form.files === null) return null;
  const { files, language, base } = form;
  const lab = labOf(event);
  const result = await saveLabDraft(event.locals.school, learnerId, { lab, language, files, base });
  switch (result.outcome) {
    case 'saved':
      return null;
    case 'conflict':
      return fail(409, { problem: TWO });
    case 'invalid-files':
      return fail(422, { problem: result.detail });
    case 'rate-limited':
      return tooMany(result.retryAfter);
    case 'not-found':
      return error(404, 'No such lab');
  }
}

/** With scripts the page goes on by itself; without them it is loaded again. */
function isScripted(event: RequestEvent): boolean {
  return event.request.headers.get('x-sveltekit-action') === 'true';
}

async function hand(event: RequestEvent, tests: 'all' | 'visible') {
  const form = await readForm(event);
  if (!form?.files) return fail(422, { problem: UNREADABLE });
  const learnerId = await ensureLearner(event);
  if (!isScripted(event)) {
    const refused = await saveAlong(event, learnerId, form);
    if (refused) return refused;
  }
  const { files, language } = form;
  const result = await submitLab(event.locals.school, learnerId, {
    lab: labOf(event),
    files,
    language,
    tests,
  });
  switch (result.outcome) {
    case 'submitted':
      return isScripted(event)
        ? { submission: result.submission }
        : redirect(303, `/labs/${labOf(event)}?language=${language}#results`);
    case 'invalid-files':
      return fail(422, { problem: result.detail });
    case 'queue-full':
      return fail(503, { problem: FULL });
    case 'rate-limited':
      return tooMany(result.retryAfter);
    case 'not-found':
      return error(404, 'No such lab');
  }
}

export const actions: Actions = {
  save: async (event) => {
    const form = await readForm(event);
    if (!form?.files) return fail(422, { problem: UNREADABLE });
    const { files, language, base, device } = form;
    const result = await saveLabDraft(event.locals.school, await ensureLearner(event), {
      lab: labOf(event),
      language,
      files,
      base,
      device,
    });
    switch (result.outcome) {
      case 'saved': {
        const { version, savedAt } = result.draft;
        return { saved: { version, savedAt } };
      }
      case 'conflict':
        return fail(409, { conflict: { theirs: result.current, mine: result.yours.version } });
      case 'invalid-files':
        return fail(422, { problem: result.detail });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      case 'not-found':
        return error(404, 'No such lab');
    }
  },

  choose: async (event) => {
    const { learnerId } = requireViewer(event.locals);
    const data = await event.request.formData();
    const language = data.get('language') === 'py' ? 'py' : 'ts';
    const version = Number(data.get('version'));
    if (!Number.isInteger(version)) return fail(422, { problem: UNREADABLE });
    const result = await restoreLabDraft(event.locals.school, learnerId, {
      lab: labOf(event),
      language,
      version,
    });
    return result.outcome === 'saved' ? { chosen: result.draft } : error(404, 'No such version');
  },

  run: (event) => hand(event, 'visible'),
  submit: (event) => hand(event, 'all'),

  cancel: async (event) => {
    const { learnerId } = requireViewer(event.locals);
    const id = String((await event.request.formData()).get('submission') ?? '');
    const result = await cancelSubmission(event.locals.school, learnerId, id);
    if (result.outcome === 'not-found') error(404, 'No such submission');
    const submission: SubmissionView = result.submission;
    return { submission };
  },

  hint: async (event) => {
    const form = await readForm(event);
    if (!form) return fail(422, { problem: UNREADABLE });
    const learnerId = await ensureLearner(event);
    const refused = await saveAlong(event, learnerId, form);
    if (refused) return refused;
    const taken = await takeLabHint(event.locals.school, learnerId, labOf(event));
    if (taken.outcome === 'not-found') error(404, 'No such lab');
    if (taken.outcome === 'check-open') return fail(409, { hintProblem: CHECK });
    return isScripted(event) ? { hint: taken.outcome } : redirect(303, `?language=${form.language}#hints`);
  },
};
