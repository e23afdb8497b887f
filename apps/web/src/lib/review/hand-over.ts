import type { ReviewPack } from '@edirae/school';
import { dropPack, dropWaiting, keepPack, listWaiting } from './device-store.ts';
import type { WaitingGrade } from './offline-queue.ts';

/** What became of a try to reach the server. */
export type HandOver =
  | { outcome: 'handed-over'; added: number; refused: { id: string; why: string }[]; pack: ReviewPack }
  /** No answer: everything stays on this device. */
  | { outcome: 'offline' }
  /** Nobody is signed in here, or somebody else: what waits is kept for whoever graded. */
  | { outcome: 'somebody-else' };

/** Grades in one request: well under what the API reads at once. */
const AT_ONCE = 100;

/**
 * Sends what waits and fetches what is due now. Every grade carries an id of its own, so a try that was cut off can be repeated; what waits
 * is forgotten only when the server says that it has it.
 */
export async function handOver(): Promise<HandOver> {
  const first = await ask('GET', '/api/v1/cards/due');
  if (first === null) return { outcome: 'offline' };
  if (first === 'refused') {
    await dropPack();
    return { outcome: 'somebody-else' };
  }
  let pack = first as ReviewPack;
  const waiting = await listWaiting();
  const own = waiting.filter(({ learnerId }) => learnerId === pack.learnerId);
  let added = 0;
  const refused: { id: string; why: string }[] = [];
  for (let i = 0; i < own.length; i += AT_ONCE) {
    const part = own.slice(i, i + AT_ONCE);
    const answer = await ask('POST', '/api/v1/cards/grades', { grades: part.map(toSent) });
    if (answer === null || answer === 'refused') return { outcome: 'offline' };
    const merged = answer as { added: number; refused: { id: string; why: string }[] };
    added += merged.added;
    refused.push(...merged.refused);
    await dropWaiting(part.map(({ id }) => id));
  }
  if (own.length > 0) {
    const after = await ask('GET', '/api/v1/cards/due');
    if (after !== null && after !== 'refused') pack = after as ReviewPack;
  }
  await keepPack(pack);
  void keepMedia(pack);
  return { outcome: 'handed-over', added, refused, pack };
}

function toSent({ id, card, grade, undoes, at, ms }: WaitingGrade): object {
  return { id, card, grade, undoes, at, ms };
}

/** Null: no answer, or the server cannot now. */
async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.status === 401) return 'refused';
    return response.ok ? ((await response.json()) as unknown) : null;
  } catch {
    return null;
  }
}

/** Name of the cache that the service worker answers pictures and sounds from. */
const MEDIA_CACHE = 'edirae-media';

/** Pictures and sounds of the pack, so that its cards are whole without a connection. */
async function keepMedia(pack: ReviewPack): Promise<void> {
  if (!('caches' in globalThis)) return;
  const addresses = new Set(
    pack.cards.flatMap(({ front, back }) =>
      [...`${front}${back}`.matchAll(/\/media\/[0-9a-f]{64}/g)].map(String),
    ),
  );
  try {
    const cache = await caches.open(MEDIA_CACHE);
    for (const request of await cache.keys())
      if (!addresses.has(new URL(request.url).pathname)) await cache.delete(request);
    for (const address of addresses) if (!(await cache.match(address))) await cache.add(address);
  } catch {
    // Storage is full or forbidden: the words of the cards are kept all the same.
  }
}

/** Lets the page open without a connection. Does nothing where the browser cannot. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
}
