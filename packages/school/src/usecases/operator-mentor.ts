import { testConnection, type ModelFailure, type ModelSettings } from '@edirae/mentor';
import { findLocalModels, type LocalModels } from '../mentor/local-models.ts';
import { findOperatorModel, storeOperatorModel } from '../mentor/operator-model.ts';
import type { School } from '../school.ts';

/** What the operator set, without the key. */
export interface OperatorModelView {
  model: (Omit<ModelSettings, 'apiKey'> & { hasKey: boolean; from: 'environment' | 'settings' }) | null;
  /** Found on this machine when the server started. */
  local: LocalModels[];
}

/** Only for the operator: whoever calls it has made sure of that. */
export async function getOperatorModel(school: School): Promise<OperatorModelView> {
  const named = await findOperatorModel(school);
  return {
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
  };
}

/** Names the model for everybody, or none. What the environment names cannot be changed here. */
export async function setOperatorModel(
  school: School,
  settings: ModelSettings | null,
): Promise<{ outcome: 'set' } | { outcome: 'named-by-environment' }> {
  if (school.config.mentor.model) return { outcome: 'named-by-environment' };
  await storeOperatorModel(school, settings);
  return { outcome: 'set' };
}

/** Asks the operator's model for one word. The operator may name any address, this machine's own included. */
export async function testOperatorModel(
  school: School,
): Promise<{ outcome: 'answered' } | { outcome: 'failed'; failure: ModelFailure } | { outcome: 'none' }> {
  const named = await findOperatorModel(school);
  return named ? testConnection(named.settings, globalThis.fetch) : { outcome: 'none' };
}

/** Looks for model servers on this machine: once, at start. */
export async function lookForLocalModels(school: School): Promise<void> {
  school.localModels = await findLocalModels();
}
