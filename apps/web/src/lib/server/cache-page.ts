import type { RequestEvent } from '@sveltejs/kit';

/** Seconds for which a visitor's browser may show a page again without asking. */
const FOR = 300;

/**
 * Lets a visitor's browser keep a page that is the same for everybody. Whoever is known gets it fresh: the header above it is theirs.
 * `vary` covers the moment in which a visitor becomes a guest.
 */
export function cacheForVisitors({ locals, setHeaders }: Pick<RequestEvent, 'locals' | 'setHeaders'>): void {
  if (!locals.viewer) setHeaders({ 'cache-control': `private, max-age=${FOR}`, vary: 'cookie' });
}
