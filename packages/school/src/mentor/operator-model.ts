import { PROVIDERS, type ModelSettings } from '@edirae/mentor';
import { z } from 'zod';
import { findSealed, seal } from '../seal.ts';
import type { School } from '../school.ts';
import { findMeta, setMeta } from '../store/meta.ts';

const META_KEY = 'mentor-model';

const storedSchema = z.object({
  provider: z.enum(PROVIDERS),
  model: z.string(),
  baseUrl: z.string().nullable(),
  sealedKey: z.string().nullable(),
});

export interface OperatorModel {
  settings: ModelSettings;
  /** Where it was named: the environment wins, and cannot be changed from a page. */
  from: 'environment' | 'settings';
}

/** The model that the operator named for everybody; undefined where none is. */
export async function findOperatorModel(
  school: Pick<School, 'config' | 'db' | 'secret'>,
): Promise<OperatorModel | undefined> {
  const { model } = school.config.mentor;
  if (model) return { settings: model, from: 'environment' };
  const stored = await findMeta(school.db, META_KEY);
  if (stored === undefined || stored === '') return undefined;
  const { provider, model: name, baseUrl, sealedKey } = storedSchema.parse(JSON.parse(stored));
  const apiKey = sealedKey === null ? null : (findSealed(school.secret, 'mentor key', sealedKey) ?? null);
  return { settings: { provider, model: name, baseUrl, apiKey }, from: 'settings' };
}

/** Null removes it. */
export async function storeOperatorModel(
  school: Pick<School, 'db' | 'secret'>,
  settings: ModelSettings | null,
): Promise<void> {
  const value = settings && {
    provider: settings.provider,
    model: settings.model,
    baseUrl: settings.baseUrl,
    sealedKey: settings.apiKey === null ? null : seal(school.secret, 'mentor key', settings.apiKey),
  };
  await setMeta(school.db, META_KEY, value === null ? '' : JSON.stringify(value));
}
