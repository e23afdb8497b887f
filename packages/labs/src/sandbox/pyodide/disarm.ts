/**
 * Takes from the process what learner code could reach through Pyodide's bridge to JavaScript, which is no boundary.
 * Done in three layers, each enough for most attacks: the functions of Node's modules throw, the handles under them
 * cannot connect or listen, and nothing more can be loaded. Node's permission model stands behind all of it.
 */
import dgram from 'node:dgram';
import nodeModule from 'node:module';
import net from 'node:net';

/** Modules that reach outside this process, or turn text into code. */
const REACHING = new Set([
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'fs',
  'fs/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'module',
  'net',
  'os',
  'process',
  'repl',
  'tls',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
]);

/** Globals that reach outside. What Pyodide itself needs (timers, WebAssembly, text codecs) stays. */
const GLOBALS = [
  'require',
  'process',
  'fetch',
  'WebSocket',
  'EventSource',
  'Request',
  'Response',
  'Headers',
  'FormData',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'Worker',
  'navigator',
  'localStorage',
  'sessionStorage',
  'Storage',
  'CloseEvent',
  'global',
];

const refuse = (): never => {
  throw new Error('not in the sandbox');
};

/** Held, because what can be found by name is taken away. */
const host = process;
const { builtinModules, registerHooks, syncBuiltinESMExports } = nodeModule;

/** After this only what is held already works. Nothing undoes it. */
export function disarm(): void {
  disarmHandles();
  // All are loaded before the first is changed: some are made of others.
  const modules = builtinModules
    .filter((name) => REACHING.has(name))
    .map((name) => host.getBuiltinModule(name) as object);
  for (const module of modules) disarmModule(module);
  syncBuiltinESMExports();
  registerHooks({ resolve: refuse, load: refuse });
  for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name);
  Object.defineProperty(globalThis, 'process', { value: nobody });
  disarmModule(host);
}

/** What Python's `os` asks for; without it an innocent `os.getuid()` would end the interpreter. */
const nobody = Object.freeze({
  getuid: () => 65_534,
  geteuid: () => 65_534,
  getgid: () => 65_534,
  getegid: () => 65_534,
  getppid: () => 0,
  umask: () => 0o022,
  cwd: () => '/',
  pid: 1,
  platform: 'sandbox',
  versions: Object.freeze({}),
});

/** Replaces every function that can be replaced; what holds on to the object finds nothing in it. */
/** What Node itself still calls: events, and the queue. */
const KEPT = new Set([
  'nextTick',
  'emit',
  'emitWarning',
  'on',
  'off',
  'once',
  'listenerCount',
  'removeListener',
  'exitCode',
]);

function disarmModule(module: object): void {
  for (const key of Reflect.ownKeys(module)) {
    // The machinery of the process itself goes on using these.
    if (module === host && KEPT.has(String(key))) continue;
    const property = Reflect.getOwnPropertyDescriptor(module, key);
    if (!property?.configurable && !property?.writable) continue;
    const held = property.get === undefined ? (property.value as unknown) : undefined;
    if (property.get === undefined && typeof held !== 'function' && !isReach(key)) continue;
    if (property.configurable) Reflect.defineProperty(module, key, { value: refuse, configurable: false });
    else Reflect.set(module, key, refuse);
  }
}

/** Data that tells of the machine outside, or objects that reach it. */
function isReach(key: string | symbol): boolean {
  return [
    'env',
    'argv',
    'execArgv',
    'execPath',
    'stdin',
    'stdout',
    'stderr',
    'report',
    'permission',
    'promises',
    'mainModule',
  ].includes(String(key));
}

/** The native objects under every socket: made once without any traffic, to reach the prototype they share. */
function disarmHandles(): void {
  const socket = new net.Socket();
  // A look-up that never answers: the handle is made, and nothing is sent.
  socket.connect({ host: 'nowhere.invalid', port: 9, lookup: () => undefined });
  disarmPrototype((socket as unknown as { _handle: object })._handle);
  const server = net.createServer();
  const pipe = new net.Socket();
  pipe.on('error', () => undefined);
  pipe.connect({ path: '' });
  disarmPrototype((pipe as unknown as { _handle?: object })._handle);
  const datagrams = dgram.createSocket('udp4');
  for (const key of Object.getOwnPropertySymbols(datagrams))
    if (String(key) === 'Symbol(state symbol)')
      disarmPrototype((datagrams as unknown as Record<symbol, { handle: object }>)[key]!.handle);
  server.close();
  socket.destroy();
  pipe.destroy();
  datagrams.close();
}

const CONNECTING = [
  'connect',
  'connect6',
  'bind',
  'bind6',
  'listen',
  'open',
  'send',
  'send6',
  'fchmod',
  'setBlocking',
];

function disarmPrototype(handle: object | undefined): void {
  if (!handle) return;
  const prototype = Object.getPrototypeOf(handle) as object;
  for (const name of CONNECTING)
    if (Object.hasOwn(prototype, name))
      Object.defineProperty(prototype, name, { value: refuse, configurable: false, writable: false });
}
