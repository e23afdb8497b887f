import { timingSafeEqual } from 'node:crypto';

/** Headers by which a proxy says for whom it asks: then the near end of the connection says nothing. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * May this request read the metrics? With a token configured, whoever shows it; without one, programs on this machine that come straight.
 * @param client address of the other end; null where it is not known
 */
export function mayReadMetrics(request: Request, client: string | null, token: string | null): boolean {
  if (token !== null) return isSame(request.headers.get('authorization') ?? '', `Bearer ${token}`);
  if (FORWARDED.some((name) => request.headers.has(name))) return false;
  return client !== null && LOOPBACK.test(client);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
