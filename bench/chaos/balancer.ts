import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A reverse proxy as it stands before two web processes: what one does not answer, another is asked. */
export interface Balancer {
  url: string;
  /** How often a request had to be asked again. */
  retries(): number;
  close(): void;
}

/** What one process gets to answer in, and how long a request is tried at all. Milliseconds. */
const PATIENCE = 4_000;
const GIVE_UP = 60_000;
const PAUSE = 100;

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function ask(target: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  const { hostname, port } = new URL(target);
  return new Promise((done, fail) => {
    const { authorization = '', 'content-type': type = 'application/json' } = incoming.headers;
    const asked = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        // A new connection each time: one that outlived its process would fail in a way of its own.
        agent: false,
        headers: { authorization, 'content-type': type, 'content-length': body.length },
      },
      (answer) => {
        readAll(answer).then(
          (read) =>
            done({
              status: answer.statusCode ?? 502,
              headers: { 'content-type': answer.headers['content-type'] ?? 'application/json' },
              body: read,
            }),
          fail,
        );
      },
    );
    asked.setTimeout(PATIENCE, () => asked.destroy(new Error('too slow')));
    asked.on('error', fail);
    asked.end(body);
  });
}

/**
 * Everything that is asked through it is idempotent: reading, an item to practise (the open one is given again) and an answer (the first
 * decides). So whatever fails or is a fault of the server is asked again, of the next process.
 */
export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  let turn = 0;
  let retries = 0;
  const answer = async (incoming: IncomingMessage): Promise<Reply> => {
    const body = await readAll(incoming);
    let last: Reply = { status: 502, headers: {}, body: Buffer.from('nobody answered') };
    for (const until = Date.now() + GIVE_UP; Date.now() < until;) {
      turn += 1;
      try {
        last = await ask(targets[turn % targets.length] ?? '', incoming, body);
        if (last.status < 500) return last;
      } catch {
        // Gone, or too slow: the next one.
      }
      retries += 1;
      await sleep(PAUSE);
    }
    return last;
  };
  const server: Server = createServer((incoming, outgoing) => {
    answer(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retries: () => retries,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
