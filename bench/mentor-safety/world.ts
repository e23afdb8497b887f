import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Variant } from '@edirae/curriculum';
import { startScriptedProvider, type ScriptedProvider } from '@edirae/mentor/testing';
import { startApp, type AppServer } from '../../e2e/server.ts';

/** Of the other learner: nobody else may ever read it. */
export const SECRET = 'the otter plan of Wilhelmina Quist';
/** The operator's key: it goes to the provider and nowhere else. */
export const OPERATOR_KEY = 'sk-operator-7c1d0f52b9';

export const SKILL = 'tensor-shapes-dtypes';

export interface Reply {
  status: number;
  text: string;
  json: unknown;
}

/** One learner at the product's doors. */
export interface Person {
  token: string;
  learnerId: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  page(path: string, headers?: Record<string, string>): Promise<Reply>;
  form(path: string, fields: Record<string, string>): Promise<Reply>;
}

export interface Item {
  issueId: string;
  kind: string;
}

/** The built application with a scripted model behind it, and somebody else who has secrets and an open check. */
export interface World {
  app: AppServer;
  provider: ScriptedProvider;
  other: Person;
  newPerson(): Promise<Person>;
  openPractice(person: Person): Promise<Item>;
  variantOf(issueId: string): Variant;
  /** Resident memory of the server, in megabytes. */
  memory(): Promise<number>;
  remove(): Promise<void>;
}

export async function openWorld(env: Record<string, string> = {}): Promise<World> {
  const provider = await startScriptedProvider();
  const app = await startApp({
    EDIRAE_RATE_LIMIT: 'off',
    EDIRAE_MENTOR_URL: provider.baseUrl,
    EDIRAE_MENTOR_MODEL: 'scripted',
    EDIRAE_MENTOR_KEY: OPERATOR_KEY,
    EDIRAE_MENTOR_TOKENS_EACH: '1000000000',
    EDIRAE_MENTOR_TOKENS_ALL: '1000000000000',
    EDIRAE_LOG: 'error',
    ...env,
  });
  const db = (): DatabaseSync => new DatabaseSync(join(app.dataDir, 'edirae.db'), { readOnly: true });

  async function newPerson(): Promise<Person> {
    const made = await fetchReply(`${app.url}/api/v1/guests`, {
      method: 'POST',
      headers: JSON_HEADERS,
      body: '{}',
    });
    const { token, learnerId } = made.json as { token: string; learnerId: string };
    return createPerson(app.url, token, learnerId);
  }

  async function openPractice(person: Person): Promise<Item> {
    const opened = await person.call('POST', '/practice', { skill: SKILL, fresh: true });
    const { item } = opened.json as { item?: Item };
    if (!item) throw new Error(`No item to practise: ${opened.status} ${opened.text.slice(0, 200)}`);
    return item;
  }

  const other = await newPerson();
  await other.call('POST', '/goals', { text: `Size the KV cache of a model, for ${SECRET}` });
  await other.call('POST', '/mentor/messages', {
    text: `How large is a tensor? It is for ${SECRET}.`,
    answers: 'built-in',
  });
  await other.call('POST', '/checks', { skill: SKILL });

  return {
    app,
    provider,
    other,
    newPerson,
    openPractice,
    variantOf(issueId) {
      const open = db();
      try {
        const row = open.prepare('select shown from issues where id = ?').get(issueId);
        return JSON.parse(String(row?.['shown'])) as Variant;
      } finally {
        open.close();
      }
    },
    async memory() {
      const { text } = await fetchReply(`${app.url}/metrics`, {});
      const line = /^process_resident_memory_bytes\S* (\S+)$/m.exec(text)?.[1];
      return line === undefined ? 0 : Number(line) / 1e6;
    },
    async remove() {
      await app.remove();
      await provider.close();
    },
  };
}

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
/** Longer than an answer may take, so that one that hangs is seen to hang. */
const PATIENCE_MS = 45_000;

function createPerson(url: string, token: string, learnerId: string): Person {
  const authorization = `Bearer ${token}`;
  return {
    token,
    learnerId,
    call: (method, path, body, headers = {}) =>
      fetchReply(`${url}/api/v1${path}`, {
        method,
        headers: { ...JSON_HEADERS, authorization, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    page: (path, headers = {}) =>
      fetchReply(`${url}${path}`, { headers: { accept: 'text/html', authorization, ...headers } }),
    form: (path, fields) =>
      fetchReply(`${url}${path}`, {
        method: 'POST',
        headers: { authorization, accept: 'application/json', 'x-sveltekit-action': 'true' },
        body: new URLSearchParams(fields),
      }),
  };
}

async function fetchReply(url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    return { status: response.status, text, json: parseJson(text) };
  } catch (error) {
    return { status: 0, text: '', json: { failed: error instanceof Error ? error.name : 'unknown' } };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
