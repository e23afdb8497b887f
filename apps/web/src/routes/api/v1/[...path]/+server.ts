import { matchOperation } from '#lib/api/operations.ts';
import { problemResponse } from '#lib/api/problem.ts';
import type { RequestEvent } from './$types';

/** At most what a long answer with its scratch pad needs. */
const BODY_LIMIT = 64 * 1024;

type Body = { ok: true; value: unknown } | { ok: false; problem: 'not-json' | 'too-large' };

async function readBody(request: Request): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT)
    return { ok: false, problem: 'too-large' };
  const text = await request.text();
  if (text.length > BODY_LIMIT) return { ok: false, problem: 'too-large' };
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, problem: 'not-json' };
  }
}

function eventsResponse(
  { status, events }: { status: number; events: readonly { type: string }[] },
  request: Request,
): Response {
  const headers = { 'cache-control': 'no-store' };
  if ((request.headers.get('accept') ?? '').includes('application/json'))
    return Response.json({ events }, { status, headers });
  const stream = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  return new Response(stream, { status, headers: { ...headers, 'content-type': 'text/event-stream' } });
}

async function answer(event: RequestEvent): Promise<Response> {
  const { request, params, locals, url } = event;
  const match = matchOperation(request.method, params.path);
  if (match.outcome !== 'operation') return problemResponse(match.outcome);
  const { operation } = match;

  const viewer = locals.viewer;
  if (operation.viewer && !viewer) return problemResponse('unauthorised');

  let body: unknown = {};
  if (operation.request) {
    const read = await readBody(request);
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
    body,
    client: event.getClientAddress(),
  });
  if ('problem' in reply) return problemResponse(reply.problem, reply.members);
  if ('events' in reply) return eventsResponse(reply, request);
  if (reply.body === undefined) return new Response(null, { status: reply.status });
  return Response.json(reply.body, { status: reply.status, headers: { 'cache-control': 'no-store' } });
}

export const GET = answer;
export const POST = answer;
export const DELETE = answer;
export const PUT = answer;
export const PATCH = answer;
