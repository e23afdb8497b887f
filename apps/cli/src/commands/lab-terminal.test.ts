import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.ts';
import { keepToken, tokensFile } from './lab-tokens.ts';

const TOKEN = `edr_${'t'.repeat(43)}`;
const STARTER = 'export const double = (n: number): number => n;\n';
const RIGHT = 'export const double = (n: number): number => n * 2;\n';

const manifest = {
  contract: 1,
  id: 'doubling',
  title: 'Doubling',
  stage: 1,
  minutes: 5,
  languages: ['ts'],
  entry: { ts: 'solution.ts' },
  targets: [{ name: 'double', kind: 'function' }],
  limits: { wallMs: 10_000, memoryMb: 64, outputKb: 4 },
  rubric: [{ id: 'sums', title: 'Sums', weight: 100, skills: ['adding'], by: 'tests' }],
};
const visible = [
  { name: 'doubles', rubric: 'sums', skill: 'adding', steps: [{ call: 'double', args: [21] }], expect: 42 },
];

interface Asked {
  method: string;
  path: string;
  token: string | undefined;
  body: Record<string, unknown>;
}

let folder: string;
let work: string;
let server: Server;
let url: string;
let asked: Asked[];
let answers: Record<string, (asked: Asked) => { status?: number; body: unknown }>;
let out: string;
let err: string;

const lab = (more: object = {}) => ({
  id: 'doubling',
  title: 'Doubling',
  language: 'ts',
  instructions: 'Double it.',
  visible: { manifest, visible },
  starter: { 'solution.ts': STARTER },
  draft: null,
  ...more,
});
const submission = (more: object = {}) => ({
  submissionId: 's1',
  state: 'done',
  status: 'passed',
  ahead: null,
  progress: null,
  row: 7,
  result: {
    reason: null,
    tests: [
      { name: 'doubles', visible: true, passed: true, message: '' },
      { name: 'doubles what is drawn', visible: false, passed: true },
    ],
    score: { total: 100, lines: [{ title: 'Sums', weight: 100, earned: 100, waiting: false }] },
  },
  ...more,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-terminal-'));
  work = join(folder, 'doubling');
  asked = [];
  out = '';
  err = '';
  answers = {
    'GET /labs/doubling': () => ({ body: lab() }),
    'GET /labs': () => ({ body: { labs: [] } }),
    'POST /labs/doubling/draft': () => ({ body: { version: 4 } }),
    'POST /labs/doubling/submissions': () => ({
      status: 201,
      body: submission({ state: 'running', result: null }),
    }),
    'GET /submissions/s1': () => ({ body: submission() }),
  };
  server = createServer(async (request, response) => {
    const call = await toAsked(request);
    asked.push(call);
    const answer = answers[`${call.method} ${call.path}`]?.(call) ?? {
      status: 404,
      body: problem('not-found'),
    };
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('EDIRAE_SERVER', url);
  vi.stubEnv('EDIRAE_TOKEN', TOKEN);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

async function toAsked(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return {
    method: request.method ?? '',
    path: (request.url ?? '').replace('/api/v1', '').replace(/\?.*/, ''),
    token: request.headers.authorization?.replace('Bearer ', ''),
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

function problem(slug: string): object {
  return { type: `/problems/${slug}`, title: 'Not found', status: 404, detail: 'Check the id.' };
}

const pull = (...more: string[]) => main(['lab', 'pull', 'doubling', work, ...more]);
const file = (name: string) => readFileSync(join(work, name), 'utf8');
const write = (name: string, text: string) => writeFileSync(join(work, name), text);

describe('edirae lab pull', () => {
  it('brings the starter and the instructions, asked with the token', async () => {
    expect(await pull()).toBe(0);
    expect(file('solution.ts')).toBe(STARTER);
    expect(file('INSTRUCTIONS.md')).toBe('Double it.');
    expect(asked).toMatchObject([{ method: 'GET', path: '/labs/doubling', token: TOKEN }]);
    expect(out).toContain('edirae lab submit');
    expect(file('.edirae/lab.json')).not.toContain(TOKEN);
  });

  it('brings the work that the server has rather than the starter', async () => {
    answers['GET /labs/doubling'] = () => ({
      body: lab({ draft: { version: 3, files: { 'solution.ts': RIGHT } } }),
    });
    await pull();
    expect(file('solution.ts')).toBe(RIGHT);
  });

  it('never writes over work: the server’s version lies beside it', async () => {
    await pull();
    write('solution.ts', '// mine\n');
    answers['GET /labs/doubling'] = () => ({
      body: lab({ draft: { version: 3, files: { 'solution.ts': RIGHT } } }),
    });
    expect(await pull()).toBe(0);
    expect(file('solution.ts')).toBe('// mine\n');
    expect(file('.edirae/from-server/solution.ts')).toBe(RIGHT);
    expect(out).toContain('yours was kept');
    // What was never pulled here is work too.
    expect(await pull()).toBe(0);
    expect(file('solution.ts')).toBe('// mine\n');
  });

  it('into a folder that holds something else under that name keeps it', async () => {
    await pull();
    rmSync(join(work, '.edirae'), { recursive: true });
    write('solution.ts', '// older than edirae\n');
    await pull();
    expect(file('solution.ts')).toBe('// older than edirae\n');
  });

  it('brings up to date what was not changed', async () => {
    await pull();
    answers['GET /labs/doubling'] = () => ({
      body: lab({ draft: { version: 3, files: { 'solution.ts': RIGHT } } }),
    });
    await pull();
    expect(file('solution.ts')).toBe(RIGHT);
  });

  it.each(['../escaped.ts', '/tmp/escaped.ts', 'a/../../escaped.ts', '.edirae/lab.json'])(
    'refuses a server that names %s',
    async (path) => {
      answers['GET /labs/doubling'] = () => ({ body: lab({ starter: { [path]: 'x' } }) });
      expect(await pull()).toBe(2);
      expect(err).toContain('names a file that is none');
      expect(existsSync(join(folder, 'escaped.ts'))).toBe(false);
    },
  );

  it('does not follow a link out of the folder', async () => {
    await pull();
    rmSync(join(work, 'solution.ts'));
    symlinkSync(join(folder, 'elsewhere.ts'), join(work, 'solution.ts'));
    expect(await pull()).toBe(2);
    expect(existsSync(join(folder, 'elsewhere.ts'))).toBe(false);
  });

  it('of a lab that is not there says so', async () => {
    expect(await main(['lab', 'pull', 'nothing', work])).toBe(2);
    expect(err).toContain('Not found: Check the id.');
  });
});

describe('edirae lab test', () => {
  it('runs the visible tests here, without a server', async () => {
    await pull();
    asked = [];
    expect(await main(['lab', 'test', work])).toBe(1);
    expect(out).toContain('double(21): expected 42, got 21');
    write('solution.ts', RIGHT);
    expect(await main(['lab', 'test', work, '--json'])).toBe(0);
    expect(asked).toEqual([]);
  });

  it('where nothing was pulled says what to do', async () => {
    expect(await main(['lab', 'test', folder])).toBe(2);
    expect(err).toContain('edirae lab pull');
  });
});

describe('edirae lab submit', () => {
  it('keeps the work on the server, hands it in, and tells the verdict', async () => {
    await pull();
    write('solution.ts', RIGHT);
    expect(await main(['lab', 'submit', work])).toBe(0);
    expect(asked.find(({ path }) => path.endsWith('/draft'))?.body).toMatchObject({
      language: 'ts',
      base: 0,
      files: { 'solution.ts': RIGHT },
    });
    const handedIn = asked.find(({ path }) => path.endsWith('/submissions'));
    expect(handedIn?.body).toEqual({ files: { 'solution.ts': RIGHT }, entry: 'solution.ts', language: 'ts' });
    expect(out).toContain('hidden  doubles what is drawn');
    expect(out).toContain('doubling: passed, 2 of 2 tests, 100 points; row 7 of your ledger');
    expect(JSON.parse(file('.edirae/lab.json'))).toMatchObject({ base: 4 });
  });

  it('exits with 1 where it did not pass', async () => {
    await pull();
    answers['GET /submissions/s1'] = () => ({ body: submission({ status: 'failed' }) });
    expect(await main(['lab', 'submit', work, '--json'])).toBe(1);
    expect(JSON.parse(out.slice(out.indexOf('{')))).toMatchObject({ status: 'failed' });
  });

  it('says that the page holds another version, and goes on', async () => {
    await pull();
    answers['POST /labs/doubling/draft'] = () => ({
      status: 409,
      body: { ...problem('draft-conflict'), status: 409 },
    });
    expect(await main(['lab', 'submit', work])).toBe(0);
    expect(err).toContain('Both versions are kept');
  });

  it('waits through a server that is away for a moment', async () => {
    await pull();
    let looks = 0;
    answers['GET /submissions/s1'] = () =>
      ++looks === 1 ? { status: 503, body: problem('away') } : { body: submission() };
    expect(await main(['lab', 'submit', work])).toBe(0);
  });
});

describe('a token', () => {
  it('is kept for its server in a file that only its owner can read', async () => {
    vi.stubEnv('EDIRAE_TOKEN', undefined);
    expect(await pull()).toBe(2);
    expect(err).toContain('There is no token');
    keepToken(url, TOKEN);
    expect(statSync(tokensFile()).mode & 0o777).toBe(0o600);
    expect(await pull()).toBe(0);
    expect(asked[0]?.token).toBe(TOKEN);
    chmodSync(tokensFile(), 0o644);
    expect(await pull()).toBe(2);
    expect(err).toContain('chmod 600');
  });

  it('from the environment is not sent to a server that only a folder names', async () => {
    await pull();
    asked = [];
    vi.stubEnv('EDIRAE_SERVER', undefined);
    expect(await main(['lab', 'submit', work])).toBe(2);
    expect(err).toContain('is not sent to');
    expect(asked).toEqual([]);
    expect(await main(['lab', 'submit', work, '--server', url])).toBe(0);
  });
});

it.each([
  [['lab', 'pull'], 'usage'],
  [['lab', 'pull', '../x'], 'is no id'],
  [['lab', 'pull', 'doubling', 'a', 'b'], 'usage'],
  [['lab', 'pull', 'doubling', '--language', 'rb'], 'py or ts'],
  [['lab', 'submit', 'a', 'b'], 'usage'],
  [['lab', 'test', '--fast'], 'usage'],
  [['lab', 'sign-in', 'x'], 'usage'],
  [['lab', 'pull', 'doubling', '--server', 'ftp://x'], 'no address'],
])('called as %j exits with 2', async (args, says) => {
  expect(await main(args)).toBe(2);
  expect(err).toContain(says);
});
