import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A proxy before several web processes that asks them in turn, as `deploy/Caddyfile` does. */
export interface RoundRobin {
  url: string;
  /** Answers of each target, by its address. */
  answered: ReadonlyMap<string, number>;
  /** What a browser was told when nobody answered, or a server's fault: method, address and status. */
  faults: readonly string[];
  /** Sends what comes from now on to these. */
  setTargets(targets: readonly string[]): void;
  close(): void;
}

/** How long a request is tried, and the pause before it is tried again. Milliseconds. */
const GIVE_UP = 15_000;
const PAUSE = 250;

/** Reading, and what is decided once however often it is asked: an answer to an issue, the open item, the open check. */
function mayBeAskedAgain({ method = 'GET', url = '/' }: IncomingMessage): boolean {
  return ['GET', 'HEAD'].includes(method) || /^\/(skills\/[\w-]+(\/practice)?|checks\/[\w-]+)\?\//.test(url);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function ask(target: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  const { hostname, port } = new URL(target);
  const { method, url: path, headers } = incoming;
  return new Promise((done, fail) => {
    // A connection of its own: one that outlived its process would fail in a way of its own.
    const asked = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const { statusCode: status = 502, headers: said } = answer;
      readAll(answer).then((read) => done({ status, headers: said, body: read }), fail);
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

/** Starts the proxy on a free port. What could not be connected is asked of the next; what broke off, where asking twice does no harm. */
export async function startRoundRobin(): Promise<RoundRobin> {
  let targets: readonly string[] = [];
  let turn = 0;
  const answered = new Map<string, number>();
  const faults: string[] = [];
  const answer = async (incoming: IncomingMessage): Promise<Reply> => {
    const body = await readAll(incoming);
    for (const until = Date.now() + GIVE_UP; Date.now() < until;) {
      const target = targets[turn++ % targets.length];
      if (target === undefined) throw new Error('Nobody is there to be asked.');
      try {
        const reply = await ask(target, incoming, body);
        answered.set(target, (answered.get(target) ?? 0) + 1);
        return reply;
      } catch (error) {
        const wasNotSent = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
        if (!wasNotSent && !mayBeAskedAgain(incoming)) break;
        if (wasNotSent) await sleep(PAUSE);
      }
    }
    return { status: 502, headers: {}, body: Buffer.from('Nobody answered.') };
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(
      ({ status, headers, body }) => {
        if (status >= 500) faults.push(`${incoming.method} ${incoming.url} ${status}`);
        const { 'transfer-encoding': _, ...kept } = headers;
        outgoing.writeHead(status, kept).end(incoming.method === 'HEAD' ? undefined : body);
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    faults,
    setTargets: (given) => (targets = given),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
