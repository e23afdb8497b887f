import type { Resource } from '@edirae/curriculum';

/** What became of one address. */
export type LinkVerdict =
  | { url: string; title: string; found: 'works' }
  /** It answers elsewhere now, for good. */
  | { url: string; title: string; found: 'moved'; to: string }
  | { url: string; title: string; found: 'dead'; status: number }
  /** Nothing can be said: it refuses programs, is too slow, or cannot be reached. */
  | { url: string; title: string; found: 'unknown'; why: string };

export interface LinkOptions {
  fetch: typeof fetch;
  /** Milliseconds to wait for one answer. */
  timeoutMs: number;
  /** Milliseconds between two questions to the same host. */
  pauseMs: number;
  wait(ms: number): Promise<void>;
  onProgress?(done: number, of: number): void;
}

/** Hosts asked at the same time. */
const HOSTS_AT_ONCE = 6;

const AGENT = 'edirae-content-check (one request per link, on an author’s request)';

/**
 * Asks each address once whether it is there: hosts side by side, one question at a time to each. Null where nothing answers at all:
 * then there is no network, and nothing was learned.
 */
export async function checkLinks(
  resources: readonly Resource[],
  options: LinkOptions,
): Promise<LinkVerdict[] | null> {
  const offered = resources.filter(({ retired }) => retired === undefined);
  const hosts = Map.groupBy(offered, ({ url }) => new URL(url).host);
  const queue = [...hosts.values()];
  const verdicts: LinkVerdict[] = [];
  let answered = 0;
  const work = async (): Promise<void> => {
    for (let host = queue.shift(); host; host = queue.shift()) {
      for (const [n, resource] of host.entries()) {
        // Where the first hosts are all out of reach, the rest is not tried.
        if (answered === 0 && verdicts.length >= 2 * HOSTS_AT_ONCE) return;
        if (n > 0) await options.wait(options.pauseMs);
        const verdict = await checkLink(resource, options);
        if (!('why' in verdict) || verdict.why !== UNREACHABLE) answered += 1;
        verdicts.push(verdict);
        options.onProgress?.(verdicts.length, offered.length);
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
  if (answered === 0 && offered.length > 0) return null;
  return verdicts.sort((a, b) => (a.url < b.url ? -1 : 1));
}

const UNREACHABLE = 'cannot be reached';

async function checkLink({ url, title }: Resource, { fetch, timeoutMs }: LinkOptions): Promise<LinkVerdict> {
  try {
    let response = await ask(fetch, url, 'HEAD', timeoutMs);
    // Some servers know no HEAD.
    if ([403, 404, 405, 501].includes(response.status)) response = await ask(fetch, url, 'GET', timeoutMs);
    const { status } = response;
    const to = response.headers.get('location');
    if (status === 301 || status === 308)
      return { url, title, found: 'moved', to: new URL(to ?? url, url).href };
    if (status < 400) return { url, title, found: 'works' };
    if (status === 404 || status === 410) return { url, title, found: 'dead', status };
    return { url, title, found: 'unknown', why: `answers ${status}` };
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return { url, title, found: 'unknown', why: slow ? `no answer in ${timeoutMs / 1000} s` : UNREACHABLE };
  }
}

async function ask(
  request: typeof fetch,
  url: string,
  method: 'HEAD' | 'GET',
  timeoutMs: number,
): Promise<Response> {
  const response = await request(url, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': AGENT },
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Only whether it is there is asked; its words are not read.
  await response.body?.cancel();
  return response;
}

/** The verdicts in words: what is to be done first, then the sums. */
export function linkReport(verdicts: readonly LinkVerdict[]): string {
  const lines = verdicts.flatMap((verdict) => {
    switch (verdict.found) {
      case 'works':
        return [];
      case 'moved':
        return [`moved    ${verdict.url}\n      to ${verdict.to}`];
      case 'dead':
        return [`dead     ${verdict.url} (${verdict.status})`];
      case 'unknown':
        return [`unknown  ${verdict.url} (${verdict.why})`];
    }
  });
  const n = (found: LinkVerdict['found']) => verdicts.filter((verdict) => verdict.found === found).length;
  return [
    ...lines,
    `${verdicts.length} links: ${n('works')} work, ${n('moved')} moved, ${n('dead')} dead, ${n('unknown')} unknown`,
    '',
  ].join('\n');
}
