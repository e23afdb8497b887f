const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * May this request change something? A page of another site can make a browser send our cookies, never a bearer token; so a request
 * that acts by cookie has to come from one of our own pages.
 * @param byCookie the viewer was found by a cookie
 * @param origins our own origins
 */
export function mayAct(request: Request, byCookie: boolean, origins: readonly string[]): boolean {
  if (SAFE.has(request.method)) return true;
  const origin = request.headers.get('origin');
  if (origin !== null) return origins.includes(origin) || (!byCookie && isToken(request));
  // A browser names the origin of every request that a page makes another site act on; without one it is a program.
  const site = request.headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none' || !byCookie;
}

function isToken(request: Request): boolean {
  return request.headers.has('authorization');
}
