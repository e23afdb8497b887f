import { afterAll, describe, expect, it } from 'vitest';
import { findSandboxes } from './available-sandboxes.ts';
import type { Reply, Sandbox, Session } from './sandbox.ts';

/** Python's harness, as it is in each sandbox that runs Python. */
const sandboxes = (await findSandboxes(1)).filter((sandbox) => sandbox.languages.includes('py'));
afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

const limits = { wallMs: 20_000, memoryMb: 128, outputKb: 4 };

const SOURCE = `
import asyncio, collections, dataclasses, enum, sys
def echo(value): return value
def kind(value): return type(value).__name__
class Colour(enum.IntEnum):
    RED = 3
Pair = collections.namedtuple("Pair", "a b")
class Loud(str):
    def __str__(self): return "lie"
    def __eq__(self, other): return True
    __hash__ = str.__hash__
class Many(list):
    def __iter__(self): return iter(["lie"])
    def __len__(self): return 99
class Pairs(dict):
    def items(self): return [("lie", 1)]
    def keys(self): return ["lie"]
    def __iter__(self): return iter(["lie"])
class Faker:
    __class__ = dict
    def items(self): return [("a", 1)]
@dataclasses.dataclass
class Record:
    a: int = 1
def deep():
    value = []
    for _ in range(2_000): value = [value]
    return value
def wide():
    value = [1]
    for _ in range(40): value = [value, value]
    return value
def circle():
    value = {}
    value["self"] = value
    return value
MADE = {
    "enum": Colour.RED, "pair": Pair(1, 2), "loud": Loud("said"), "many": Many([1, 2]), "pairs": Pairs(a=1),
    "counter": collections.Counter("aab"), "ordered": collections.OrderedDict(b=1, a=2), "frozen": frozenset([1]),
    "array": bytearray(b"ab"), "huge": 10**9000, "large": 2**64, "negative": -(2**53), "record": Record(), "faker": Faker(),
    "generator": (x for x in [1]), "range": range(3), "complex": 1j, "type": int, "tagged": {"$": "nan"}, "keys": {1: "a", None: "b"},
    "surrogate": "\\ud800", "nested": [({1.5},)],
}
def made(name): return MADE[name]
class Own(ValueError): pass
def fails(name):
    if name == "own": raise Own("my words")
    if name == "key": return {}["k"]
    if name == "exit": sys.exit(3)
    if name == "silent":
        class Mute(Exception):
            def __str__(self): raise RuntimeError("no")
        raise Mute()
    if name == "group": raise BaseException("base")
class Box:
    width = 3
    def __init__(self, size): self.size = size
    def grow(self, by): self.size += by; return self
count = 0
def next_one():
    global count
    count += 1
    return count
def says(text):
    print(text); print("to error", file=sys.stderr); return None
def reads(): return input()
async def later(value, wait):
    await asyncio.sleep(wait)
    return value
async def both():
    queue = asyncio.Queue()
    async def give():
        for n in range(3): await queue.put(await later(n, 0.001))
    async with asyncio.TaskGroup() as group:
        group.create_task(give())
        return [await queue.get() for _ in range(3)]
def awaits(): return asyncio.run(both())
def hurries():
    async def slow(): await asyncio.wait_for(later(1, 60), 0.01)
    asyncio.run(slow())
def spoils():
    import builtins, json
    builtins.sorted = lambda held: 99
    json.dumps = None
    sys.modules["left"] = sys
    return True
`;

function open(sandbox: Sandbox): Promise<Session> {
  return sandbox.open({ language: 'py', entry: 'solution.py', files: { 'solution.py': SOURCE } }, limits);
}

/** One session for all questions of a suite: starting Pyodide takes longer than asking. */
function ask(session: Session) {
  return async (name: string, ...args: unknown[]): Promise<unknown> => {
    const reply = await session.step({ do: 'call', name, args });
    return reply.kind === 'value' ? reply.value : reply;
  };
}

const opaque = (type: string) => ({ $: 'object', type });

describe.each(sandboxes.map((sandbox) => [sandbox.name, sandbox] as const))('Python in %s', (_, sandbox) => {
  let session: Session;
  const call = async (name: string, ...args: unknown[]) => {
    if (!session) {
      session = await open(sandbox);
      expect(await session.begin()).toEqual({ kind: 'value', value: null });
    }
    return ask(session)(name, ...args);
  };
  afterAll(async () => void (await session?.close()));

  it.each([
    null,
    true,
    -1.5,
    'Zürich 🏔 \u2028 \\ "',
    [1, [2, []]],
    { a: { b: [null] }, 'ü ': 1 },
    { $: 'nan' },
    { $: 'inf' },
    { $: '-inf' },
    { $: 'int', value: '123456789012345678901' },
    { $: 'bytes', base64: 'AP8H' },
    { $: 'tuple', items: [1, { $: 'tuple', items: [] }] },
    { $: 'set', items: [1] },
    { $: 'map', entries: [[1, 'a']] },
  ])('takes and gives back %j', async (value) => {
    expect(await call('echo', value)).toEqual(value);
  });

  it('has an event loop, as often as it is asked for', async () => {
    expect(await call('awaits')).toEqual([0, 1, 2]);
    expect(await call('awaits')).toEqual([0, 1, 2]);
    expect(await call('hurries')).toMatchObject({
      kind: 'raised',
      raised: { names: expect.arrayContaining(['TimeoutError']) },
    });
  });

  it.each([
    [1, 'int'],
    [{ $: 'float', value: 1 }, 'float'],
    [1.5, 'float'],
    [{ $: 'bytes', base64: '' }, 'bytes'],
    [{ $: 'set', items: [] }, 'set'],
    [{ $: 'tuple', items: [] }, 'tuple'],
  ])('takes %j as %s', async (value, kind) => {
    expect(await call('kind', value)).toBe(kind);
  });

  it.each([
    ['enum', 3],
    ['pair', { $: 'tuple', items: [1, 2] }],
    ['loud', 'said'],
    ['many', [1, 2]],
    ['pairs', { a: 1 }],
    ['counter', { a: 2, b: 1 }],
    ['ordered', { b: 1, a: 2 }],
    ['frozen', { $: 'set', items: [1] }],
    ['array', { $: 'bytes', base64: 'YWI=' }],
    ['large', { $: 'int', value: '18446744073709551616' }],
    ['negative', { $: 'int', value: '-9007199254740992' }],
    [
      'keys',
      {
        $: 'map',
        entries: [
          [1, 'a'],
          [null, 'b'],
        ],
      },
    ],
    ['tagged', { $: 'map', entries: [['$', 'nan']] }],
    ['nested', [{ $: 'tuple', items: [{ $: 'set', items: [1.5] }] }]],
    ['surrogate', '\ud800'],
  ])('gives what %s holds, whatever it says of itself', async (name, value) => {
    expect(await call('made', name)).toEqual(value);
  });

  it.each([
    ['record', 'Record'],
    ['faker', 'Faker'],
    ['generator', 'generator'],
    ['range', 'range'],
    ['complex', 'complex'],
    ['type', 'type'],
    ['huge', 'an integer of more than 16000 bits'],
  ])('gives nothing that can be compared for %s', async (name, type) => {
    expect(await call('made', name)).toEqual(opaque(type));
  });

  it('gives nothing for what is in a circle, too deep or too large', async () => {
    expect(await call('circle')).toEqual(opaque('nested too deep or in a circle'));
    expect(await call('deep')).toEqual(opaque('nested too deep or in a circle'));
    expect(await call('wide')).toEqual(opaque('too large'));
  }, 60_000);

  it('tells what was raised, from special to general, and where', async () => {
    expect(await call('fails', 'own')).toEqual({
      kind: 'raised',
      raised: {
        names: ['Own', 'ValueError', 'Exception', 'BaseException'],
        message: 'my words',
        where: expect.stringMatching(/^solution\.py line \d+$/),
      },
    });
    expect(await call('fails', 'key')).toMatchObject({
      raised: { names: ['KeyError', 'LookupError', 'Exception', 'BaseException'] },
    });
    expect(await call('fails', 'exit')).toMatchObject({ raised: { names: ['SystemExit', 'BaseException'] } });
    expect(await call('fails', 'silent')).toMatchObject({
      raised: { names: ['Mute', 'Exception', 'BaseException'], message: '' },
    });
    expect(await call('fails', 'group')).toMatchObject({ raised: { names: ['BaseException'] } });
  });

  it('tells what is not there', async () => {
    expect(await call('nothing')).toMatchObject({
      raised: { names: ['NotDefined', 'Exception', 'BaseException'] },
    });
    expect(await call('len')).toMatchObject({ raised: { message: 'solution.py does not define len' } });
  });

  it('keeps objects, reads them and passes them on', async () => {
    await call('echo', 1);
    const step = (given: Parameters<Session['step']>[0]): Promise<Reply> => session.step(given);
    expect(await step({ do: 'new', name: 'Box', args: [2], as: 'box' })).toEqual({
      kind: 'value',
      value: null,
    });
    await step({ do: 'method', on: 'box', name: 'grow', args: [5], as: 'same' });
    expect(await step({ do: 'get', on: 'same', name: 'size' })).toEqual({ kind: 'value', value: 7 });
    expect(await step({ do: 'get', on: 'box', name: 'width' })).toEqual({ kind: 'value', value: 3 });
    expect(await call('kind', { $: 'ref', name: 'box' })).toBe('Box');
    expect(await step({ do: 'get', on: 'box', name: 'none' })).toMatchObject({
      raised: { names: expect.arrayContaining(['AttributeError']) },
    });
  });

  it('prints to one place, and has nothing to read', async () => {
    await call('says', 'hello ü');
    expect(session.output().text).toContain('hello ü\nto error\n');
    expect(await call('reads')).toMatchObject({ raised: { names: expect.arrayContaining(['EOFError']) } });
  });

  it('has forgotten its state when it begins again, and is still right after it was spoilt', async () => {
    expect([await call('next_one'), await call('next_one')]).toEqual([1, 2]);
    await call('spoils');
    expect((await session.begin()).kind).toBe('value');
    expect(await call('next_one')).toBe(1);
    expect(await call('echo', [1, { a: 2 }])).toEqual([1, { a: 2 }]);
  });
});
