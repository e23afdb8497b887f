import { z } from 'zod';

/** A model server on this machine, found at start, with the models it offers. */
export interface LocalModels {
  server: 'Ollama' | 'LM Studio';
  baseUrl: string;
  models: string[];
}

/** Where both listen unless told otherwise; loopback only, and nothing that anybody else names. */
const PLACES = [
  { server: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { server: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
] as const;

const PATIENCE_MS = 700;
const MOST_MODELS = 50;

const listSchema = z.object({ data: z.array(z.object({ id: z.string().max(200) })) });

/** Looks whether Ollama or LM Studio runs here. Whatever goes wrong means that it does not. */
export async function findLocalModels(
  places: readonly Omit<LocalModels, 'models'>[] = PLACES,
): Promise<LocalModels[]> {
  const found = await Promise.all(
    places.map(async (place) => ({ ...place, models: await listModels(place.baseUrl) })),
  );
  return found.filter(({ models }) => models.length > 0);
}

async function listModels(baseUrl: string): Promise<string[]> {
  try {
    const response = await fetch(`${baseUrl}/models`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > 1_000_000) return [];
    const { data } = listSchema.parse(await response.json());
    return data
      .map(({ id }) => id)
      .filter((id) => !/embed/i.test(id))
      .slice(0, MOST_MODELS);
  } catch {
    return [];
  }
}
