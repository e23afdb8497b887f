import type { QuerySeen } from '@edirae/school';

/** Traces for OpenTelemetry. A request is a span, each statement of the database one below it. */
export interface Tracing {
  /** Runs a request inside a span, as part of the caller's trace where its headers name one. */
  request<T extends { status: number }>(
    request: { method: string; headers: Headers },
    route: string,
    answer: () => Promise<T>,
  ): Promise<T>;
  query(seen: QuerySeen): void;
  /** Of the span under way. */
  traceId(): string | undefined;
  /** Sends what is held. */
  stop(): Promise<void>;
}

/**
 * Null where OTEL_EXPORTER_OTLP_ENDPOINT (or its twin for traces) is not set: then we load nothing of OpenTelemetry. The other OTEL_
 * variables (service name, headers, sampling) are read by its own libraries.
 */
export async function openTracing(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Tracing | null> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return null;
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, resources, core] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
    ]);
  const named = resources.resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? 'edirae' });
  const provider = new sdk.TracerProvider({
    resource: resources.defaultResource().merge(named),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const propagator = new core.W3CTraceContextPropagator();
  const tracer = provider.getTracer('edirae');
  const { SpanKind, SpanStatusCode, context, trace } = api;

  return {
    async request({ method, headers }, route, answer) {
      const caller = propagator.extract(context.active(), headers, {
        get: (from, key) => from.get(key) ?? undefined,
        keys: (from) => [...from.keys()],
      });
      const attributes = { 'http.request.method': method, 'http.route': route };
      const about = { kind: SpanKind.SERVER, attributes };
      return tracer.startActiveSpan(`${method} ${route}`, about, caller, async (span) => {
        try {
          const response = await answer();
          span.setAttribute('http.response.status_code', response.status);
          if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          return response;
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    query({ verb, ms, failed }) {
      // A statement outside a request belongs to a job: it has no trace to be part of.
      if (trace.getActiveSpan() === undefined) return;
      const end = Date.now();
      const span = tracer.startSpan(`db ${verb}`, {
        kind: SpanKind.CLIENT,
        startTime: end - ms,
        attributes: { 'db.operation.name': verb },
      });
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(end);
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
    stop: () => provider.shutdown(),
  };
}
