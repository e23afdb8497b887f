import { version } from '$app/env';
import { self as worker } from '$app/service-worker';

/**
 * Lets flashcards go on without a connection: it keeps one page, `/review/offline`, with its scripts and styles, and shows it where a page
 * cannot be had. It never keeps pages of a learner, and never answers in place of a server that answers.
 */
const PAGE = '/review/offline';
const SHELL = `edirae-shell-${version}`;
/** Filled by the page that fetches the cards. */
const MEDIA = 'edirae-media';

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(async () => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(async () => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(showKept));
  else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(fromShell(request));
  else if (url.pathname.startsWith('/media/')) event.respondWith(fromMedia(request));
});

/** The page as a visitor gets it, so that nobody's name is in it, with all that it names. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  const response = await fetch(PAGE, { credentials: 'omit', cache: 'reload' });
  if (!response.ok) throw new Error(`${PAGE} answered ${response.status}.`);
  const html = await response.clone().text();
  await cache.put(PAGE, response);
  const named = new Set([...html.matchAll(/\/_app\/[\w./-]+\.(?:js|css|woff2)/g)].map(String));
  for (const address of named) await keep(cache, address);
}

async function keep(cache: Cache, address: string): Promise<void> {
  if (await cache.match(address)) return;
  const response = await fetch(address);
  if (!response.ok) return;
  const text = /\.(?:js|css)$/.test(address) ? await response.clone().text() : '';
  await cache.put(address, response);
  // What a script imports stands beside it by name; a style names its fonts.
  const folder = address.slice(0, address.lastIndexOf('/') + 1);
  for (const [name] of text.matchAll(/(?:\.{1,2}\/|\/_app\/)[\w./-]+\.(?:js|css|woff2)/g))
    await keep(cache, new URL(name, `${worker.location.origin}${folder}`).pathname);
}

async function forgetOldShells(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('edirae-shell-') && name !== SHELL) await caches.delete(name);
}

async function showKept(): Promise<Response> {
  return (await caches.match(PAGE)) ?? Response.error();
}

/** Named by their content: what is kept is what the server would send. */
async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function fromMedia(request: Request): Promise<Response> {
  const kept = await (await caches.open(MEDIA)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}
