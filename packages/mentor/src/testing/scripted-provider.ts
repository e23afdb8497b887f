import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Operation, Scenario } from './scenario.ts';

/** One request as it arrived. */
export interface SeenRequest {
  scenario: string;
  method: string;
  url: string;
  authorization: string | null;
  body: string;
  at: number;
}

/** An OpenAI-compatible server on loopback that plays what it is told, good or hostile. */
export interface ScriptedProvider {
  /** Base URL of the scenario that is played at the moment. */
  baseUrl: string;
  requests: SeenRequest[];
  /** Requests that followed a redirect: nobody should. */
  followed: SeenRequest[];
  /** From now on plays this. */
  play(scenario: Scenario, words?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

const PIECE = 40;

export async function startScriptedProvider(): Promise<ScriptedProvider> {
  let playing: Scenario = { id: 'nothing', script: [] };
  let words: Readonly<Record<string, string>> = {};
  let calls = 0;
  const requests: SeenRequest[] = [];
  const followed: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setMaxListeners(0);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen: SeenRequest = {
      scenario: playing.id,
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization ?? null,
      body,
      at: Date.now(),
    };
    if (!seen.url.startsWith('/playing/')) {
      followed.push(seen);
      response.setHeader('content-type', 'application/json').end('{"choices":[]}');
      return;
    }
    if (request.method === 'GET') {
      response
        .setHeader('content-type', 'application/json')
        .end('{"object":"list","data":[{"id":"scripted"}]}');
      return;
    }
    requests.push(seen);
    calls += 1;
    await play(playing.script, { request, response, body, calls, words, port: portOf(server.address()) });
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    baseUrl: `http://127.0.0.1:${portOf(server.address())}/playing/v1`,
    requests,
    followed,
    play(scenario, said = {}) {
      playing = scenario;
      words = said;
      calls = 0;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

interface Stage {
  request: IncomingMessage;
  response: ServerResponse;
  body: string;
  calls: number;
  words: Readonly<Record<string, string>>;
  port: number;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

/** Writes at the reader's pace, until the reader is gone. */
async function write({ response }: Stage, data: string | Buffer): Promise<void> {
  if (response.destroyed || response.write(data)) return;
  await new Promise<void>((done) => {
    response.once('drain', done);
    response.once('close', done);
  });
}

async function play(script: readonly Operation[], stage: Stage): Promise<void> {
  const { response } = stage;
  for (const step of script) {
    if (response.destroyed) return;
    switch (step.op) {
      case 'delay':
        await sleep(step.ms);
        break;
      case 'head':
        response.writeHead(step.status, step.headers);
        break;
      case 'send':
        await write(stage, step.text);
        break;
      case 'sendhex':
        await write(stage, Buffer.from(step.hex, 'hex'));
        break;
      case 'repeat':
        for (let i = 0; i < step.times && !response.destroyed; i++) {
          await write(stage, step.text);
          if (step.everyMs) await sleep(step.everyMs);
        }
        break;
      case 'json':
        response
          .writeHead(step.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(step.body));
        return;
      case 'failfirst':
        if (stage.calls <= step.times) {
          response.writeHead(step.status, step.headers).end('{"error":{"message":"later"}}');
          return;
        }
        break;
      case 'redirect':
        response.writeHead(step.status, { location: `http://localhost:${stage.port}${step.to}` }).end();
        return;
      case 'gzipbomb':
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(step.megabytes * 1e6)));
        return;
      case 'destroy':
        await sleep(20);
        stage.request.socket.destroy();
        return;
      case 'hang':
        return;
      case 'end':
        response.end();
        return;
      case 'chat':
        await chat(step, stage);
        return;
    }
  }
  if (!response.writableEnded) response.end();
}

/** A completion as such servers send it, streamed where that was asked for. */
async function chat(step: Extract<Operation, { op: 'chat' }>, stage: Stage): Promise<void> {
  const { response, body, words } = stage;
  const asked = parseRequest(body);
  const said = (text: string): string => {
    let filled = text.replaceAll('$FIRST_TOOL', asked.tool).replaceAll('$ECHO_REQUEST', () => body);
    for (const [name, value] of Object.entries(words)) filled = filled.replaceAll(`$${name}`, () => value);
    return filled;
  };
  const content = typeof step.content === 'string' ? said(step.content) : null;
  const calls = step.tool_calls?.map((call, index) => ({
    index,
    ...call,
    function: { name: said(call.function.name), arguments: call.function.arguments },
  }));
  const finish = step.finish_reason ?? 'stop';
  if (!asked.stream) {
    const message = { role: 'assistant', content, ...(calls ? { tool_calls: calls } : {}) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        model: 'scripted',
        choices: [{ index: 0, message, finish_reason: finish }],
        usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
      }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choice: object): Promise<void> =>
    write(
      stage,
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
    );
  if (calls) await send({ index: 0, delta: { role: 'assistant', tool_calls: calls } });
  else
    for (let at = 0; at === 0 || at < (content ?? '').length; at += PIECE)
      await send({
        index: 0,
        delta: { role: 'assistant', content: content === null ? null : content.slice(at, at + PIECE) },
      });
  await send({ index: 0, delta: {}, finish_reason: finish });
  response.end('data: [DONE]\n\n');
}

function parseRequest(body: string): { stream: boolean; tool: string } {
  try {
    const { stream, tools } = JSON.parse(body) as {
      stream?: boolean;
      tools?: { function?: { name?: string } }[];
    };
    return { stream: stream === true, tool: tools?.[0]?.function?.name ?? 'search' };
  } catch {
    return { stream: false, tool: 'search' };
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
