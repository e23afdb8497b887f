import { z } from 'zod';
import { ServerRefused } from './lab-refused.ts';
import { findKeptToken } from './lab-tokens.ts';

/** A server, and the token with which it is asked. */
export interface LabServer {
  url: string;
  token: string;
}

/** Where  serves. */
export const DEFAULT_SERVER = 'http://localhost:3000';

/** Milliseconds that one answer is waited for. */
const PATIENCE_MS = 30_000;

/**
 * Where to ask and with what: the server that was named, else EDIRAE_SERVER, else the one a folder was pulled from, else this machine.
 * A token from the environment goes to the server that was named, and not to one that a folder names.
 * @throws ServerRefused where there is no token
 */
export function chooseServer(given: {
  server?: string | undefined;
  pulledFrom?: string | undefined;
}): LabServer {
  const named = given.server ?? process.env['EDIRAE_SERVER'];
  const url = toServer(named ?? given.pulledFrom ?? DEFAULT_SERVER);
  const inEnvironment = process.env['EDIRAE_TOKEN'];
  const isFor =
    named !== undefined || given.pulledFrom === undefined || toServer(given.pulledFrom) === DEFAULT_SERVER;
  const token = (isFor ? inEnvironment : undefined) ?? findKeptToken(url);
  if (token !== undefined) return { url, token };
  if (inEnvironment !== undefined)
    throw new ServerRefused(
      `EDIRAE_TOKEN is not sent to ${url}, which only this folder names. Name it yourself with --server, if you trust it.`,
    );
  throw new ServerRefused(
    `There is no token for ${url}. Make one under ${url}/settings#tokens, then give it to: edirae lab sign-in --server ${url}`,
  );
}

/** The address of a server as it is remembered. @throws ServerRefused */
export function toServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ServerRefused(`${text} is no address of a server: it begins with http:// or https://.`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const problem = z.looseObject({ title: z.string(), detail: z.string() });

/** A refusal that the caller knows what to do with. */
export interface Refused {
  refused: string;
  members: Record<string, unknown>;
}

/**
 * Asks the server, and reads what it says.
 * @param expected slugs of problems that are given back rather than thrown
 * @throws ServerRefused in words for the person who called
 */
export async function ask<T>(
  server: LabServer,
  call: { method?: 'GET' | 'POST'; path: string; body?: unknown; expected?: readonly string[] },
  schema: z.ZodType<T>,
): Promise<T | Refused> {
  const { response, body } = await send(server, call);
  if (response.ok) {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new ServerRefused(
      `${server.url} answers in another form than this program knows. Is it Edirae, and as new?`,
    );
  }
  const said = problem.safeParse(body);
  const slug = said.success ? String(said.data['type'] ?? '').replace('/problems/', '') : '';
  if (said.success && call.expected?.includes(slug)) return { refused: slug, members: said.data };
  if (!said.success)
    throw new ServerRefused(`${server.url} answered ${response.status} and does not say why.`);
  throw new ServerRefused(`${said.data.title}: ${said.data.detail}`);
}

async function send(
  server: LabServer,
  { method = 'GET', path, body }: { method?: 'GET' | 'POST'; path: string; body?: unknown },
): Promise<{ response: Response; body: unknown }> {
  try {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      // A token is for the server that was named, and for no other that it points to.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${server.token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { response, body: await response.json().catch(() => undefined) };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ServerRefused(
      `${server.url} cannot be reached (${cause}). Nothing was sent, or nothing came back; try again.`,
    );
  }
}
