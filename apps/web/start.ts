import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compression from 'compression';

/** `npm start`: checks the ground, builds the pages when their sources changed, and serves them. */
const here = dirname(fileURLToPath(import.meta.url));
const build = join(here, 'build');

// An image is built where nothing is served: `node apps/web/start.mjs --build-only`.
if (process.argv.includes('--build-only')) {
  buildWhenNeeded();
  process.exit();
}

const { parseConfig } = await import('@edirae/school');
const config = readConfig();
buildWhenNeeded();
await serve();

function readConfig(): ReturnType<typeof parseConfig> {
  try {
    return parseConfig(process.env);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

interface BuiltHandler {
  handler: (request: unknown, response: unknown, next: () => void) => void;
}

/** Opens the school too: what an operator can put right is said in one line, the rest with its trace. */
async function loadHandler(): Promise<BuiltHandler> {
  try {
    return (await import(join(build, 'handler.js'))) as BuiltHandler;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const isOurs =
      /^(Config|Content|FolderLocked|SchemaVersion|DatabaseMissing|Secret|EstimatorChanged|Backup)/.test(
        error.name,
      );
    if (!isOurs && code === undefined) throw error;
    const reason = isOurs ? error.message : explain(code ?? '', error.message);
    console.error(`${reason.replaceAll(/\s*\n\s*/g, ' ').replace(/[.]?$/, '.')} Nothing was started.`);
    process.exit(1);
  }
}

function explain(code: string, message: string): string {
  const where =
    config.databaseUrl === null ? `the data folder ${config.dataDir}` : 'the database in DATABASE_URL';
  if (['EACCES', 'EROFS', 'EPERM'].includes(code))
    return `Edirae may not write to ${where} (${code}). Give it the right to, or set EDIRAE_DATA to another folder.`;
  if (['ENOTDIR', 'EEXIST', 'ENOENT'].includes(code))
    return `${where[0]?.toUpperCase()}${where.slice(1)} cannot be used as a folder (${code}). Set EDIRAE_DATA to another one.`;
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET'].includes(code))
    return `Edirae cannot reach ${where} (${code}). Start the database, or correct the address.`;
  if (/malformed|not a database/.test(message))
    return `Edirae cannot open ${where}: ${message}. It is damaged: put the newest backup in its place with edirae restore <folder> --replace.`;
  return `Edirae cannot open ${where}: ${message}.`;
}

/** One line a reader can act on, and the exit code for bad input. */
function stop(message: string): never {
  console.error(message.replaceAll(/\s*\n\s*/g, ' '));
  process.exit(2);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    })
    .sort();
}

/** Of everything that goes into the build: the pages, our packages, the lockfile. Content is read as it is. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = [
    ...filesUnder(join(here, 'src')),
    ...filesUnder(join(here, 'static')),
    ...filesUnder(join(here, 'cards')),
    // The pictures for link previews are drawn from them.
    ...filesUnder(join(here, '../../content/careers')),
    ...['engine', 'curriculum', 'anki', 'labs', 'mentor', 'school'].flatMap((name) =>
      filesUnder(join(here, '../../packages', name, 'src')),
    ),
    ...filesUnder(join(here, '../../packages/labs/harness')),
    ...['vite.config.ts', 'package.json', 'tsconfig.json', '../../package-lock.json'].map((name) =>
      join(here, name),
    ),
  ];
  for (const file of files) {
    if (file.endsWith('.test.ts') || !existsSync(file)) continue;
    hash.update(file.slice(here.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function isBuilt(hash: string): boolean {
  const note = join(build, 'sources.sha256');
  return existsSync(join(build, 'handler.js')) && existsSync(note) && readFileSync(note, 'utf8') === hash;
}

function buildWhenNeeded(): void {
  const hash = hashOfSources();
  if (isBuilt(hash)) return;
  takeTurn(() => {
    if (isBuilt(hash)) return;
    console.log('Building the pages. This happens once after each change and takes a few seconds.');
    const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
    const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: here,
      stdio: ['ignore', 2, 2],
    });
    if (result.status !== 0) {
      console.error(
        'The build failed; the lines above say where. Nothing was started and no data was touched.',
      );
      process.exitCode = 1;
      return;
    }
    writeFileSync(join(build, 'sources.sha256'), hash);
  });
  if (process.exitCode === 1) process.exit();
}

/** Two servers started at once would build into the same folder: the second waits, and finds the first one's build. */
function takeTurn(act: () => void): void {
  const turn = join(here, '.svelte-kit', 'building');
  mkdirSync(dirname(turn), { recursive: true });
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      mkdirSync(turn);
      break;
    } catch {
      const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs;
      // Left behind by a process that was killed.
      if (since !== undefined && Date.now() - since > 120_000) rmSync(turn, { recursive: true, force: true });
      else Atomics.wait(sleep, 0, 0, 250);
    }
  }
  try {
    act();
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

/** Where the build puts the workers that practice runs of labs use. */
const WORKERS = '/_app/immutable/workers/';
/** They compile WebAssembly and fetch it from here; no code is made from text, and nothing else is reached. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Bytes that a request may bring: a long answer, or a deck with its pictures. */
const BODY_LIMIT = 2 * 1024 * 1024;
const DECK_LIMIT = 260 * 1024 * 1024;

/** The status with which a request is refused for its size before any of it is read; a size has to be said. */
function refuseBody({ headers, url, method }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return 411;
  const isDeck = method === 'POST' && /^\/library\/cards\/import(?:\?|$)/.test(url ?? '');
  return Number(headers['content-length'] ?? 0) > (isDeck ? DECK_LIMIT : BODY_LIMIT) ? 413 : undefined;
}

/**
 * The built handler takes scheme and host from two headers that we overwrite on every request, so that no client can
 * choose them. With EDIRAE_ORIGIN unset, this machine's own names are accepted as they are typed.
 */
async function serve(): Promise<void> {
  const origin = new URL(config.origin);
  const ownNames = process.env['EDIRAE_ORIGIN'] ? [] : ['localhost', '127.0.0.1', '[::1]', config.host];
  process.env['PROTOCOL_HEADER'] = 'x-edirae-protocol';
  process.env['HOST_HEADER'] = 'x-edirae-host';
  // Set here rather than taken over: a wrong value would end in a trace. Everything but a deck is held to far less below.
  process.env['BODY_SIZE_LIMIT'] = '260M';
  const depth = process.env['XFF_DEPTH'] || '1';
  if (!/^[1-9]\d?$/.test(depth))
    stop(`XFF_DEPTH: "${depth}" was given; accepted: the number of proxies, from 1 to 99.`);
  process.env['XFF_DEPTH'] = depth;

  const { handler } = await loadHandler();
  // Pages and JSON; what was built is compressed already. A stream of events must not wait for a full block.
  const compress = compression({
    filter: (request, response) =>
      !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
      compression.filter(request, response),
  });
  const server = createServer((request, response) => {
    // A worker has the policy that its own file comes with, not the page's.
    if (request.url?.startsWith(WORKERS)) response.setHeader('content-security-policy', WORKER_POLICY);
    const tooLarge = refuseBody(request);
    if (tooLarge !== undefined) {
      response.writeHead(tooLarge, { connection: 'close' }).end();
      return;
    }
    const asked = request.headers.host ?? '';
    const own = ownNames.includes(asked.replace(/:\d+$/, ''));
    // Of what was built and lies as a file too; the hooks say it for the rest.
    response.setHeader('x-content-type-options', 'nosniff');
    request.headers['x-edirae-protocol'] = origin.protocol.slice(0, -1);
    request.headers['x-edirae-host'] = own ? asked : origin.host;
    // It reads and writes plain Node messages; its types speak of a framework.
    compress(request as never, response as never, () =>
      handler(request, response, () => {
        response.statusCode = 404;
        response.end();
      }),
    );
  });

  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EADDRINUSE'
        ? `Port ${config.port} is taken. Stop what listens there, or set PORT to another number.`
        : `Edirae cannot listen on ${config.host}:${config.port}: ${error.message}`;
    stop(reason);
  });
  server.listen(config.port, config.host, () => {
    // Port 0 takes any free one; the address to visit is known only now.
    const address = server.address();
    if (config.port === 0 && typeof address === 'object' && address) origin.port = String(address.port);
    console.log(`Edirae listens on ${origin.origin}`);
    if (!config.rateLimit) console.log('Rate limits are off (EDIRAE_RATE_LIMIT=off): for load tests only.');
    if (config.clockOffsetMs !== 0)
      console.log(
        `The clock is shifted by ${config.clockOffsetMs} ms (EDIRAE_CLOCK_OFFSET_MS): every page says so, and no receipt is signed.`,
      );
  });

  let leaving = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (leaving) process.exit(1);
      leaving = true;
      server.close(() => process.emit('sveltekit:shutdown' as 'exit', 0));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
    });
  }
}
