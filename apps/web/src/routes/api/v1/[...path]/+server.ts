import { matchOperation } from '#lib/api/operations.ts';
import type { NumberedEvent, Operation } from '#lib/api/operation.ts';
import { problemResponse } from '#lib/api/problem.ts';
import { toByteStream } from '#lib/text-stream.ts';
import { clientAddress } from '#lib/server/client-address.ts';
import type { RequestEvent } from './$types';

/** At most what a long answer with its scratch pad needs. */
const BODY_LIMIT = 64 * 1024;

type Body = { ok: true; value: unknown } | { ok: false; problem: 'not-json' | 'too-large' };

async function readBody(request: Request, limit = BODY_LIMIT): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return { ok: false, problem: 'too-large' };
  const text = await request.text();
  if (text.length > limit) return { ok: false, problem: 'too-large' };
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, problem: 'not-json' };
  }
}

/** So often a comment is sent while nothing is said, in milliseconds: proxies close what is silent. */
const HEARTBEAT_MS = 10_000;

async function eventsResponse(
  status: number,
  events: AsyncGenerator<NumberedEvent, void>,
  request: Request,
): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  if ((request.headers.get('accept') ?? '').includes('application/json')) {
    const whole: NumberedEvent[] = [];
    for await (const event of events) whole.push(event);
    return Response.json({ events: whole }, { status, headers });
  }
  return new Response(toEventStream(events), {
    status,
    headers: { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
  });
}

/** Whoever goes away ends only the telling: what is said goes on and is stored. */
function toEventStream(events: AsyncGenerator<NumberedEvent, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), HEARTBEAT_MS);
    },
    async pull(controller) {
      const step = await events.next();
      if (step.done) {
        clearInterval(heartbeat);
        controller.close();
        return;
      }
      const { id, type } = step.value;
      controller.enqueue(
        encoder.encode(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(step.value)}\n\n`),
      );
    },
    async cancel() {
      clearInterval(heartbeat);
      await events.return();
    },
  });
}

/** A token made for a purpose is good for that, and for nothing else. */
function mayCall({ may }: Operation, viewer: RequestEvent['locals']['viewer']): boolean {
  return viewer?.may === 'all' || (may !== undefined && viewer?.may === may);
}

async function answer(event: RequestEvent): Promise<Response> {
  const { request, params, locals, url } = event;
  const match = matchOperation(request.method, params.path);
  if (match.outcome !== 'operation') return problemResponse(match.outcome);
  const { operation } = match;

  const viewer = locals.viewer;
  if (operation.viewer && !viewer) return problemResponse('unauthorised');

  if (operation.viewer && !mayCall(operation, viewer)) return problemResponse('not-allowed');

  let body: unknown = {};
  if (operation.request) {
    const read = await readBody(request, operation.bodyLimit);
    if (!read.ok) return problemResponse(read.problem);
    const parsed = operation.request.safeParse(read.value);
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      return problemResponse('invalid-input', { issues });
    }
    body = parsed.data;
  }

  const reply = await operation.run({
    school: locals.school,
    learnerId: viewer?.learnerId ?? '',
    params: match.params,
    query: url.searchParams,
    headers: request.headers,
    body,
    client: clientAddress(event),
  });
  if ('problem' in reply) return problemResponse(reply.problem, reply.members);
  if ('stream' in reply) return eventsResponse(reply.status, reply.stream, request);
  const headers = { 'cache-control': 'no-store' };
  if ('json' in reply)
    return new Response(toByteStream(reply.json), {
      status: reply.status,
      headers: { ...headers, 'content-type': 'application/json' },
    });
  if (reply.body === undefined) return new Response(null, { status: reply.status });
  return Response.json(reply.body, { status: reply.status, headers });
}

export const GET = answer;
export const POST = answer;
export const DELETE = answer;
export const PUT = answer;
export const PATCH = answer;
