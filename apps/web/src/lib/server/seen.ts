import type { RequestEvent } from '@sveltejs/kit';
import { matchOperation } from '#lib/api/operations.ts';
import { theTracing } from './open-school.ts';

/** Slower than this is worth an operator's look. Milliseconds. */
const SLOW = 1_000;

/** Routes for machines that watch: they know nobody, and are answered although the database is away. */
const PROBES: ReadonlySet<string | null> = new Set(['/health', '/ready', '/metrics']);

export const isProbe = (event: RequestEvent): boolean => PROBES.has(event.route.id);

/** An id from a proxy in front, so that its log and ours can be joined; else a new one. */
export function requestIdOf({ request }: RequestEvent): string {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}

/** The pattern of the route: addresses hold ids, and there is no end of those. */
function routeOf(event: RequestEvent): string {
  if (event.route.id !== '/api/v1/[...path]') return event.route.id ?? 'none';
  const match = matchOperation(event.request.method, event.params.path ?? '');
  return match.outcome === 'operation' ? `/api/v1${match.operation.path}` : '/api/v1/none';
}

/** Answers a request and notes that it was answered: in the log, the metrics and, where wanted, a trace. */
export async function seen(event: RequestEvent, answer: () => Promise<Response>): Promise<Response> {
  const from = performance.now();
  const tracing = await theTracing();
  const route = routeOf(event);
  const { method } = event.request;
  let traceId: string | undefined;
  const traced = () => {
    traceId = tracing?.traceId();
    return answer();
  };
  const response = tracing ? await tracing.request(event.request, route, traced) : await answer();
  const ms = Math.round((performance.now() - from) * 10) / 10;
  const { status } = response;
  const { school, requestId } = event.locals;
  school.metrics.sawRequest({ method, route, status, ms }, Date.now());
  const fields = { requestId, method, route, status, ms, traceId };
  if (status >= 500 || ms >= SLOW) school.log.warn('request', fields);
  else if (!isProbe(event)) school.log.info('request', fields);
  return response;
}
