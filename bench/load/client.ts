import { Agent, request } from 'node:http';

export interface Answered {
  status: number;
  body: string;
}

/** One learner's browser or program: one connection, kept open, and the right to act for one learner. */
export interface Client {
  get(path: string): Promise<Answered>;
  post(path: string, body: unknown): Promise<Answered>;
  close(): void;
}

/** Longer than any answer takes that is worth waiting for. */
const TIMEOUT = 30_000;

/**
 * @param origin scheme, host and port of a web process
 * @param token of the learner; empty for nobody
 * @param timeout milliseconds
 */
export function connect(origin: string, token: string, timeout = TIMEOUT): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(origin);
  const ask = (method: string, path: string, body?: unknown): Promise<Answered> =>
    new Promise((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const asked = request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          timeout,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () =>
            done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`No answer within ${timeout} ms`)));
      asked.on('error', fail);
      asked.end(text);
    });
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    close: () => agent.destroy(),
  };
}
