import { LEARNER_PROVIDERS, PROVIDERS } from '@edirae/school';
import { z } from 'zod';

/** A learner's own model. */
export const ownModelForm = z.object({
  provider: z.enum(LEARNER_PROVIDERS),
  model: z.string().trim().min(1).max(200),
  key: z.string().trim().max(500),
});

const blank = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === '' ? null : text));

/** The operator's model. */
export const operatorModelForm = z.object({
  provider: z.enum(PROVIDERS),
  model: z.string().trim().min(1).max(200),
  baseUrl: blank.refine(
    (url) => url === null || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
    'must be an http or https address',
  ),
  apiKey: blank,
});
