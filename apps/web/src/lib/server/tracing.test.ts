import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTracing } from './tracing.ts';

interface Exported {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { name: string; traceId: string; spanId: string; parentSpanId?: string }[] }[];
  }[];
}

/** Takes what an OpenTelemetry collector would. */
async function openCollector(): Promise<{ url: string; received: Exported[]; close(): void }> {
  const received: Exported[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as Exported);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close: () => server.close() };
}

describe('tracing', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is nothing where no collector is named', async () => {
    expect(await openTracing({})).toBeNull();
  });

  it('sends a request and its statements as one trace, which the caller may have begun', async () => {
    const collector = await openCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    const tracing = await openTracing(process.env);
    if (tracing === null) throw new Error('There is a collector');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = new Headers({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const response = await tracing.request({ method: 'GET', headers }, '/today', async () => {
      await Promise.resolve();
      tracing.query({ verb: 'select', ms: 2, failed: false });
      expect(tracing.traceId()).toBe(traceId);
      return { status: 200 };
    });
    expect(response.status).toBe(200);
    // No request is under way: it belongs to no trace.
    tracing.query({ verb: 'update', ms: 1, failed: false });
    await tracing.stop();
    collector.close();

    const [{ resource, scopeSpans } = { resource: { attributes: [] }, scopeSpans: [] }] =
      collector.received.flatMap((exported) => exported.resourceSpans);
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'edirae' } });
    const spans = scopeSpans.flatMap((scope) => scope.spans);
    const request = spans.find((span) => span.name === 'GET /today');
    expect(request).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' });
    expect(spans.map((span) => [span.name, span.parentSpanId])).toContainEqual([
      'db select',
      request?.spanId,
    ]);
    expect(spans).toHaveLength(2);
  });
});
