import { FAILURE_WORDS, testConnection, type ModelSettings } from '@edirae/mentor';
import { findUser } from '../auth/users.ts';
import { findLocalModels, type LocalModels } from '../mentor/local-models.ts';
import { findOperatorModel, storeOperatorModel } from '../mentor/operator-model.ts';
import type { School } from '../school.ts';
import type { Viewer } from './find-viewer.ts';
import { isOperator } from './is-operator.ts';
import { byViewer, recordAct } from './record-act.ts';
import type { NotFound } from './refusals.ts';

/** What the operator set, without the key. */
export interface OperatorModelView {
  model: (Omit<ModelSettings, 'apiKey'> & { hasKey: boolean; from: 'environment' | 'settings' }) | null;
  /** Found on this machine when the server started. */
  local: LocalModels[];
  tokensADay: { each: number; all: number };
}

export async function getOperatorModel(
  school: School,
  viewer: Viewer | null,
): Promise<{ outcome: 'model'; view: OperatorModelView } | NotFound> {
  if (!(await mayOperate(school, viewer))) return { outcome: 'not-found' };
  const named = await findOperatorModel(school);
  return {
    outcome: 'model',
    view: {
      model: named
        ? {
            provider: named.settings.provider,
            model: named.settings.model,
            baseUrl: named.settings.baseUrl,
            hasKey: named.settings.apiKey !== null,
            from: named.from,
          }
        : null,
      local: school.localModels,
      tokensADay: school.config.mentor.tokensADay,
    },
  };
}

export type SetOperatorModel =
  | { outcome: 'set'; failure: { code: keyof typeof FAILURE_WORDS; words: string } | null }
  | { outcome: 'removed' }
  | { outcome: 'named-by-environment' }
  | NotFound;

/**
 * Names the model for everybody and tests it, or removes it with null. Only an operator names an address, and it may be one of this
 * machine. An empty key keeps the one that is there. What the environment names cannot be changed here.
 */
export async function setOperatorModel(
  school: School,
  viewer: Viewer | null,
  settings: ModelSettings | null,
): Promise<SetOperatorModel> {
  if (!(await mayOperate(school, viewer))) return { outcome: 'not-found' };
  if (school.config.mentor.model) return { outcome: 'named-by-environment' };
  if (settings === null) {
    await storeOperatorModel(school, null);
    await recordAct(school.db, { act: 'set-model', details: { model: null } }, byViewer(viewer));
    return { outcome: 'removed' };
  }
  const before = await findOperatorModel(school);
  const same =
    before?.settings.provider === settings.provider && before.settings.baseUrl === settings.baseUrl;
  const apiKey = settings.apiKey === null && same ? before.settings.apiKey : settings.apiKey;
  await storeOperatorModel(school, { ...settings, apiKey });
  const { provider, model, baseUrl } = settings;
  // Of the address only what is no secret.
  const at = baseUrl === null ? null : new URL(baseUrl).origin;
  await recordAct(school.db, { act: 'set-model', details: { provider, model, at } }, byViewer(viewer));
  return testOperatorModel(school, viewer);
}

/** Asks the operator's model for one word. */
export async function testOperatorModel(school: School, viewer: Viewer | null): Promise<SetOperatorModel> {
  if (!(await mayOperate(school, viewer))) return { outcome: 'not-found' };
  const named = await findOperatorModel(school);
  if (!named) return { outcome: 'removed' };
  const tested = await testConnection(named.settings, globalThis.fetch);
  return {
    outcome: 'set',
    failure:
      tested.outcome === 'failed' ? { code: tested.failure, words: FAILURE_WORDS[tested.failure] } : null,
  };
}

/** Looks for model servers on this machine: once, at start. */
export async function lookForLocalModels(school: School): Promise<void> {
  school.localModels = await findLocalModels();
}

async function mayOperate(school: School, viewer: Viewer | null): Promise<boolean> {
  const user = viewer?.userId ? await findUser(school.db, viewer.userId) : undefined;
  return user !== undefined && isOperator(school, user);
}
