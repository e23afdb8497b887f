import {
  getOperation,
  getOperatorModel,
  setOperatorModel,
  testOperatorModel,
  type SetOperatorModel,
} from '@edirae/school';
import { error, fail } from '@sveltejs/kit';
import { operatorModelForm } from '#lib/server/mentor-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  const found = await getOperation(locals.school, locals.viewer);
  if (found.outcome === 'not-found') error(404, 'Not found');
  const model = await getOperatorModel(locals.school, locals.viewer);
  if (model.outcome === 'not-found') error(404, 'Not found');
  setHeaders({ 'cache-control': 'no-store' });
  return { operation: found.operation, mentor: model.view };
};

function told(result: SetOperatorModel) {
  switch (result.outcome) {
    case 'not-found':
      return error(404, 'Not found');
    case 'named-by-environment':
      return fail(409, { problem: 'The environment names the model. Change it there, and start again.' });
    case 'removed':
      return { tested: 'No model is named now: the built-in guide answers everybody.' };
    case 'set':
      return result.failure
        ? {
            problem: `Saved, and the test failed: ${result.failure.words} Until it works the built-in guide answers.`,
          }
        : { tested: 'Saved. The model answered.' };
  }
}

export const actions: Actions = {
  mentor: async ({ request, locals }) => {
    const parsed = operatorModelForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success)
      return fail(422, { problem: 'Name a model, and an http or https address. Nothing was changed.' });
    const { provider, baseUrl } = parsed.data;
    if (provider === 'openai-compatible' && baseUrl === null)
      return fail(422, { problem: 'An OpenAI-compatible server needs its base URL. Nothing was changed.' });
    const settings = {
      ...parsed.data,
      baseUrl: provider === 'openai-compatible' ? (baseUrl?.replace(/\/+$/, '') ?? null) : null,
    };
    return told(await setOperatorModel(locals.school, locals.viewer, settings));
  },
  mentorTest: async ({ locals }) => told(await testOperatorModel(locals.school, locals.viewer)),
  mentorRemove: async ({ locals }) => told(await setOperatorModel(locals.school, locals.viewer, null)),
};
