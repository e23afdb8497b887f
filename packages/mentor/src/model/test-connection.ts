import { generateText } from 'ai';
import type { ModelFailure } from '../events.ts';
import { boundFetch, ProviderFault } from './bounded-fetch.ts';
import { toFailure } from './explain-failure.ts';
import { openModel, type Fetch, type ModelSettings } from './settings.ts';

export type Connection = { outcome: 'answered' } | { outcome: 'failed'; failure: ModelFailure };

const PATIENCE_MS = 12_000;

/** Asks a model for one word, and says what failed. */
export async function testConnection(settings: ModelSettings, fetch: Fetch): Promise<Connection> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(new ProviderFault('too-slow')), PATIENCE_MS);
  try {
    await generateText({
      model: openModel(settings, boundFetch(fetch)),
      prompt: 'Answer with the word yes.',
      maxOutputTokens: 64,
      maxRetries: 0,
      abortSignal: clock.signal,
    });
    return { outcome: 'answered' };
  } catch (error) {
    return { outcome: 'failed', failure: toFailure(clock.signal.aborted ? clock.signal.reason : error) };
  } finally {
    clearTimeout(timer);
  }
}
