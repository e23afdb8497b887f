import { findClientAddress } from '#lib/server/client-address.ts';
import { mayReadMetrics } from '#lib/server/may-read-metrics.ts';
import type { RequestHandler } from './$types';

/** What this process has seen, for Prometheus. */
export const GET: RequestHandler = async (event) => {
  const { metrics, config } = event.locals.school;
  if (!mayReadMetrics(event.request, findClientAddress(event), config.metricsToken))
    return new Response(
      'Metrics are read on this machine, or with the bearer token in EDIRAE_METRICS_TOKEN.\n',
      { status: 403 },
    );
  const { contentType, text } = await metrics.expose();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
};
