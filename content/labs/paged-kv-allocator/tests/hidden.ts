import type { Call, Options } from './model.ts';
import { compare, Model } from './model.ts';

type Step = { call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};

const roomy: Options = { blocks: 500, blockSize: 4, digestBits: 30 };

function played(name: string, rubric: string, skill: string, options: Options, calls: Call[]): Test {
  const closed: Call[] = [...calls, ['stats']];
  return {
    name,
    rubric,
    skill,
    steps: [{ call: 'replay', args: [options, closed] }],
    check: ([results]) => compare(options, closed, results),
  };
}

/** Tables of all these, for the comparison of who shares what, and the tokens they hold. */
const look = (...ids: string[]): Call[] => [
  ...ids.map((id): Call => ['table', id]),
  ...ids.map((id): Call => ['read', id]),
  ['stats'],
];

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const tokens = (count: number, most = 60_000) => Array.from({ length: count }, () => whole(0, most));

  /** A long script of everything. Prompts begin with one of a few texts, so that much can be shared. */
  const script = (options: Options, count: number, tenants = 1): Call[] => {
    const starts = Array.from({ length: 5 }, () => tokens(whole(3, 22), 40));
    const model = new Model(options);
    const calls: Call[] = [];
    const add = (call: Call) => {
      calls.push(call);
      if (call[0] !== 'table') model.apply(call);
    };
    const tenant = () => `t${whole(1, tenants)}`;
    const prompt = (): unknown[] => {
      const start = starts[whole(0, 4)]!;
      const text = [...start.slice(0, whole(0, start.length)), ...tokens(whole(0, 9), 2)];
      return [text, tenant(), tenants > 1 && random() < 0.6 ? whole(0, 14) : 0];
    };
    for (let i = 0; i < count; i++) {
      const live = [...model.seqs.keys()];
      const one = live[whole(0, Math.max(0, live.length - 1))] ?? 'nobody';
      const dice = random();
      if (dice < 0.16) add(['alloc', random() < 0.05 ? one : `s${i}`, ...prompt()]);
      else if (dice < 0.64) for (let n = whole(1, 4); n > 0; n--) add(['append', random() < 0.02 ? 'nobody' : one, whole(0, 2)]);
      else if (dice < 0.72) add(['fork', one, random() < 0.1 ? one : `f${i}`]);
      else if (dice < 0.9 || live.length > 14) add(['free', random() < 0.05 ? `gone${i}` : one]);
      else add(['match', ...prompt()]);
      if (i % 20 === 19) look(...model.seqs.keys()).forEach(add);
    }
    return calls;
  };
  const played_ = (name: string, rubric: string, skill: string, options: Options, count: number, tenants = 1) =>
    played(name, rubric, skill, options, script(options, count, tenants));
  const [a, b, c] = [tokens(14), tokens(14), tokens(30)] as [number[], number[], number[]];
  const few = tokens(3);

  const invariants = [
    played_('a random script with memory to spare', 'invariants', 'kv-cache', roomy, 1200),
    played_('a random script in which memory is short', 'invariants', 'kv-cache', { ...roomy, blocks: 24 }, 1500),
    played_('blocks of one token', 'invariants', 'kv-cache', { blocks: 60, blockSize: 1, digestBits: 30 }, 500),
    played_('when every second digest collides, different tokens are still different', 'invariants', 'kv-cache', { ...roomy, blocks: 60, digestBits: 1 }, 900),
    played('freeing twice and using what is not there', 'invariants', 'kv-cache', roomy, [
      ['alloc', 'x', a, 't'],
      ['alloc', 'x', b, 't'],
      ['fork', 'x', 'x'],
      ['free', 'x'],
      ['free', 'x'],
      ['append', 'x', 1],
      ['fork', 'x', 'y'],
      ['table', 'x'],
      ['read', 'x'],
    ]),
    played('a prompt that does not fit changes nothing', 'invariants', 'kv-cache', { ...roomy, blocks: 9 }, [
      ['alloc', 'x', a, 't'],
      ['alloc', 'y', c, 't'],
      ['stats'],
      ['alloc', 'z', [...a.slice(0, 8), ...c.slice(0, 14)], 't'],
      ...look('x', 'z'),
      ['alloc', 'w', b, 't'],
      ['append', 'z', 1],
      ...look('x', 'z'),
    ]),
    played('waste is below one block per sequence', 'invariants', 'kv-cache', roomy, [
      ...[1, 2, 3, 4, 5, 9, 13].flatMap((count): Call[] => [['alloc', `s${count}`, tokens(count), 't'], ['stats']]),
      ['alloc', 'empty', [], 't'],
      ['append', 'empty', 7],
      ...look('empty', 's1'),
    ]),
  ];

  const sharing = [
    played('the same prompt three times takes the blocks of one, and an end of its own', 'sharing', 'kv-cache', roomy, [
      ['alloc', 'x', a, 't'],
      ['alloc', 'y', a, 't'],
      ['alloc', 'z', a, 't'],
      ...look('x', 'y', 'z'),
    ]),
    played('a branch copies one block when it grows, and its origin then copies none', 'sharing', 'kv-cache', roomy, [
      ['alloc', 'x', a, 't'],
      ['fork', 'x', 'y'],
      ['stats'],
      ['append', 'y', 5],
      ['append', 'x', 6],
      ['append', 'y', 7],
      ...look('x', 'y'),
    ]),
    played('of three branches the last one to grow owns the block', 'sharing', 'kv-cache', roomy, [
      ['alloc', 'x', a, 't'],
      ['fork', 'x', 'y'],
      ['fork', 'y', 'z'],
      ['append', 'x', 5],
      ['append', 'z', 5],
      ['append', 'y', 5],
      ...look('x', 'y', 'z'),
    ]),
    played('a branch at the edge of a block copies nothing', 'sharing', 'kv-cache', roomy, [
      ['alloc', 'x', a.slice(0, 12), 't'],
      ['fork', 'x', 'y'],
      ['append', 'y', 5],
      ['append', 'x', 6],
      ...look('x', 'y'),
    ]),
    played('what was generated can be shared by the next turn', 'sharing', 'caching-strategies', roomy, [
      ['alloc', 'turn1', few, 't'],
      ...b.map((token): Call => ['append', 'turn1', token]),
      ['match', [...few, ...b, ...a], 't'],
      ['alloc', 'turn2', [...few, ...b, ...a], 't'],
      ...look('turn1', 'turn2'),
    ]),
    played('two sequences that grow into the same block go on with one', 'sharing', 'caching-strategies', roomy, [
      ['alloc', 'x', few, 't'],
      ['alloc', 'y', few, 't'],
      ['stats'],
      ['append', 'x', 9],
      ['append', 'y', 9],
      ...look('x', 'y'),
      ['append', 'y', 1],
      ['free', 'x'],
      ...look('y'),
    ]),
    played('the same tokens after another beginning are another block', 'sharing', 'kv-cache', roomy, [
      ['alloc', 'x', [...a.slice(0, 4), ...c.slice(0, 8)], 't'],
      ['match', [...b.slice(0, 4), ...c.slice(0, 8)], 't'],
      ['alloc', 'y', [...b.slice(0, 4), ...c.slice(0, 8)], 't'],
      ['alloc', 'z', [...a.slice(0, 4), ...a.slice(0, 4)], 't'],
      ...look('x', 'y', 'z'),
    ]),
  ];
  return [...invariants, ...sharing, ...eviction(tokens), ...isolation(tokens, played_), growth(tokens)];
}

function eviction(tokens: (count: number) => number[]): Test[] {
  const [a, b, c, d] = [tokens(12), tokens(12), tokens(12), tokens(12)] as [number[], number[], number[], number[]];
  const tight = { ...roomy, blocks: 9 };
  const kept = (name: string, skill: string, calls: Call[]) => played(name, 'eviction', skill, tight, calls);
  const matches: Call[] = [a, b, c, d].map((text) => ['match', text, 't']);
  return [
    kept('what was freed can still be found', 'caching-strategies', [
      ['alloc', 'x', a, 't'],
      ['free', 'x'],
      ['match', [...a, 1, 2], 't'],
      ['alloc', 'y', [...a, 1, 2], 't'],
      ...look('y'),
    ]),
    kept('the longest unused gives way, its end before its beginning', 'caching-strategies', [
      ['alloc', 'x', a, 't'],
      ['free', 'x'],
      ['alloc', 'y', b, 't'],
      ['free', 'y'],
      ['alloc', 'z', c, 't'],
      ...matches,
      ['append', 'z', 1],
      ...matches,
      ['alloc', 'w', d.slice(0, 8), 't'],
      ...matches,
      ['stats'],
    ]),
    kept('being used again keeps a block', 'caching-strategies', [
      ['alloc', 'x', a, 't'],
      ['alloc', 'y', b, 't'],
      ['free', 'x'],
      ['free', 'y'],
      ['alloc', 'again', a, 't'],
      ['free', 'again'],
      ['alloc', 'z', c, 't'],
      ['alloc', 'w', d, 't'],
      ...matches,
    ]),
    kept('what is in use never gives way', 'batching-scheduling', [
      ['alloc', 'x', a, 't'],
      ['alloc', 'y', b, 't'],
      ['alloc', 'z', c, 't'],
      ['append', 'x', 1],
      ['alloc', 'w', d, 't'],
      ['free', 'y'],
      ['alloc', 'w', d, 't'],
      ...look('x', 'z', 'w'),
      ...matches,
    ]),
    kept('found blocks are not evicted to make room for the rest of the same prompt', 'batching-scheduling', [
      ['alloc', 'x', a, 't'],
      ['free', 'x'],
      ['alloc', 'y', b, 't'],
      ['alloc', 'z', [...a, ...c, ...d.slice(0, 4)], 't'],
      ['match', a, 't'],
      ['stats'],
      ['alloc', 'z', [...a, ...c], 't'],
      ['free', 'y'],
      ['alloc', 'w', [...a, ...c, ...d.slice(0, 4)], 't'],
      ...look('z', 'w'),
    ]),
    kept('a branch that must copy and cannot is refused and stays whole', 'batching-scheduling', [
      ['alloc', 'x', a.slice(0, 10), 't'],
      ['fork', 'x', 'y'],
      ['alloc', 'z', [...b, ...c], 't'],
      ['append', 'y', 1],
      ...look('x', 'y'),
      ['free', 'x'],
      ['append', 'y', 1],
      ...look('y'),
    ]),
  ];
}

function isolation(
  tokens: (count: number) => number[],
  random: (name: string, rubric: string, skill: string, options: Options, count: number, tenants?: number) => Test,
): Test[] {
  const about = ['isolation', 'caching-strategies', roomy] as const;
  const [system, a] = [tokens(8), tokens(13)] as [number[], number[]];
  const prompt = [...system, ...a];
  return [
    played('two tenants with one prompt share nothing', ...about, [
      ['alloc', 'x', prompt, 'red'],
      ['match', prompt, 'blue'],
      ['alloc', 'y', prompt, 'blue'],
      ['free', 'x'],
      ['match', prompt, 'blue'],
      ['match', prompt, 'red'],
      ...look('y'),
    ]),
    played('a public beginning is shared, what follows is not', ...about, [
      ['alloc', 'x', prompt, 'red', 8],
      ['match', prompt, 'blue', 8],
      ['alloc', 'y', prompt, 'blue', 8],
      ['alloc', 'z', prompt, 'red', 8],
      ...look('x', 'y', 'z'),
    ]),
    played('a block that is public in part is private', ...about, [
      ['alloc', 'x', prompt, 'red', 11],
      ['match', prompt, 'blue', 11],
      ['match', prompt, 'blue', 12],
      ['match', prompt, 'red', 11],
    ]),
    played('a private copy of a public text stays private', ...about, [
      ['alloc', 'x', prompt, 'red', 0],
      ['match', prompt, 'red', 8],
      ['match', prompt, 'blue', 8],
      ['alloc', 'y', prompt, 'blue', 8],
      ['match', prompt, 'red', 8],
      ...look('x', 'y'),
    ]),
    random('a random script of three tenants with public beginnings', ...about, 700, 3),
  ];
}

/** A long sequence costs per token what a short one costs: nothing may walk back to its start. */
function growth(tokens: (count: number) => number[]): Test {
  return {
    name: 'a token costs the same at position ten and at position ten thousand',
    rubric: 'invariants',
    skill: 'kv-cache',
    drive: async (step) => {
      const options: Options = { blocks: 4000, blockSize: 4, digestBits: 30 };
      const script = (count: number): Step => ({
        call: 'replay',
        args: [options, [['alloc', 'x', [], 't'], ...tokens(count).map((token): Call => ['append', 'x', token]), ['stats']]],
      });
      const [short, long] = [script(400), script(12_000)];
      const time = async (given: Step, runs: number) => {
        const start = performance.now();
        let results: unknown;
        for (let run = 0; run < runs; run++) results = await step(given);
        const { used } = (results as { used: number }[]).pop()!;
        const want = (given.args[1] as Call[]).length / options.blockSize;
        if (!(Math.abs(used - want) <= 1)) throw new Error(`${used} blocks are used, not ${Math.round(want)}`);
        return performance.now() - start;
      };
      let grown = Infinity;
      for (let attempt = 0; attempt < 4 && grown > 3; attempt++) {
        grown = Math.min(grown, (await time(long, 1)) / (await time(short, 30)));
        if (grown > 8) break;
      }
      return grown > 3 ? `12,000 tokens in one sequence took ${grown.toFixed(0)} times as long as in thirty` : null;
    },
  };
}
