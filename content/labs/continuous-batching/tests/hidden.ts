import type { Cost, Limits, Outcome, Plan, Policy, Request, Summary } from './audit.ts';
import { Audit, blocks } from './audit.ts';

type Step = { call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
type Seq = { id: string; prompt: number; maxOutput: number; made: number; cached: number };
type State = { running: Seq[]; waiting: Seq[] };

const cost: Cost = { weightMs: 5, kvMs: 0.0001, tokenMs: 0.03 };
const roomy: Limits = { maxTokens: 2048, maxSeqs: 16, kvBlocks: 4000, blockSize: 16 };

/** Plays a trace in the submission, follows the log, and returns what was measured. */
async function audited(step: Drive, trace: Request[], policy: Policy, limits: Limits): Promise<Audit> {
  const outcome = (await step({ call: 'simulate', args: [trace, policy, limits, cost] })) as Outcome;
  const audit = new Audit(trace, policy, limits, cost, outcome);
  const problem = audit.problem();
  if (problem) throw new Error(`${policy}: ${problem}`);
  return audit;
}
/** The same, with a message in place of an error. */
const told =
  (drive: (step: Drive) => Promise<string | null>) =>
  (step: Drive): Promise<string | null> =>
    drive(step).catch((error: unknown) => {
      if (error instanceof Error && error.constructor === Error) return error.message;
      throw error;
    });

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const skewed = (mean: number, most: number) => Math.max(1, Math.min(most, Math.round(-mean * Math.log(1 - random()))));
  const makeTrace = (count: number, gapMs: number, prompt: number, output: number, most = 400): Request[] => {
    let arrivalMs = 0;
    return Array.from({ length: count }, (_, i) => {
      arrivalMs += Math.round(gapMs * -Math.log(1 - random()));
      const answer = skewed(output, most);
      return {
        id: `r${i}`,
        class: i % 3 === 0 ? 'batch' : 'chat',
        arrivalMs,
        prompt: skewed(prompt, 900),
        maxOutput: Math.min(most, answer + whole(0, 60)),
        output: answer,
      };
    });
  };

  return [
    ...invariants(makeTrace),
    ...plans(whole),
    ...gains(makeTrace, whole),
    ...sensitivity(makeTrace, whole),
  ];
}

type MakeTrace = (count: number, gapMs: number, prompt: number, output: number, most?: number) => Request[];

function invariants(makeTrace: MakeTrace): Test[] {
  const plays = (name: string, policy: Policy, trace: Request[], limits: Limits, skill: string, more?: (a: Audit) => string | null): Test => ({
    name,
    rubric: 'invariants',
    skill,
    drive: told(async (step) => {
      const audit = await audited(step, trace, policy, limits);
      return more?.(audit) ?? null;
    }),
  });
  const small = { ...roomy, maxTokens: 64 };
  const tight = { ...roomy, kvBlocks: 90, maxTokens: 256 };
  const mixed = () => makeTrace(40, 40, 120, 60);
  const growing = makeTrace(30, 5, 60, 150, 300).map((one) => ({ ...one, maxOutput: 300 }));
  const impossible = [...makeTrace(10, 50, 100, 40), { ...makeTrace(1, 0, 10, 5)[0]!, id: 'huge', prompt: 900, maxOutput: 600 }];
  return [
    plays('static batches keep budget, memory and time', 'static', mixed(), small, 'batching-scheduling'),
    plays('continuous batching keeps them', 'continuous', mixed(), { ...roomy, maxTokens: 1300 }, 'batching-scheduling'),
    plays('chunked prefill keeps them under a small budget', 'chunked', mixed(), small, 'batching-scheduling'),
    plays('when memory runs short, somebody gives way and nobody loses a token', 'chunked', growing, tight, 'kv-cache', (audit) =>
      audit.outcome.summary.preemptions === 0 ? 'memory is for a third of what runs, and nobody was pre-empted' : null,
    ),
    plays('whole prompts under short memory', 'continuous', growing, { ...tight, maxTokens: 600 }, 'kv-cache'),
    plays('what can never run is refused, the rest is served', 'chunked', impossible, tight, 'kv-cache', (audit) =>
      audit.outcome.refused.join() === 'huge' ? null : `refused: ${audit.outcome.refused.join()}`,
    ),
    plays('an idle device waits for the next arrival', 'chunked', makeTrace(12, 4000, 50, 10), roomy, 'batching-scheduling'),
    {
      name: 'the same trace gives the same log',
      rubric: 'invariants',
      skill: 'batching-scheduling',
      drive: async (step) => {
        const ask = () => step({ call: 'simulate', args: [growing, 'chunked', tight, cost] });
        const [one, two] = [JSON.stringify(await ask()), JSON.stringify(await ask())];
        return one === two && one.length > 1000 ? null : 'two runs differ, or there is no log';
      },
    },
  ];
}

/** Single decisions on random states: what any plan must hold, and the order that is asked for. */
function plans(whole: (low: number, high: number) => number): Test[] {
  const states: { state: State; limits: Limits }[] = Array.from({ length: 60 }, (_, n) => {
    const limits = { maxTokens: whole(8, 200), maxSeqs: whole(4, 10), kvBlocks: whole(30, 70), blockSize: 16 };
    const seq = (i: number, waits: boolean): Seq => {
      const [prompt, made] = [whole(1, 90), waits && i > 0 ? 0 : whole(0, 40)];
      const cached = waits ? 0 : Math.min(prompt + made - 1, whole(0, 200));
      return { id: `${waits ? 'w' : 'r'}${n}-${i}`, prompt, maxOutput: 60, made, cached };
    };
    const running = Array.from({ length: whole(0, limits.maxSeqs) }, (__, i) => seq(i, false));
    return { state: { running, waiting: Array.from({ length: whole(0, 6) }, (__, i) => seq(i, true)) }, limits };
  });
  const need = (seqs: Seq[], limits: Limits) => seqs.reduce((sum, one) => sum + blocks(one.prompt + one.made, limits), 0);
  // All of these fit: whether one more joins hangs on what has been made already.
  const calm = states.map(({ state, limits }) => ({ state, limits: { ...limits, kvBlocks: need(state.running, limits) + whole(0, 12) } }));
  const judge = ({ state, limits }: { state: State; limits: Limits }, plan: Plan): string | null => {
    const left = state.running.filter((one) => !plan.preempt.includes(one.id));
    const gone = state.running.slice(left.length).map((one) => one.id);
    if ([...plan.preempt].sort().join() !== [...gone].sort().join()) return `pre-empts ${plan.preempt.join()}; the youngest are ${gone.join()}`;
    if (need(left, limits) > limits.kvBlocks) return 'those that stay need more blocks than there are';
    const last = state.running[left.length];
    if (last && need([...left, last], limits) <= limits.kvBlocks) return `${last.id} need not have given way`;
    if (plan.admit.join() !== state.waiting.slice(0, plan.admit.length).map((one) => one.id).join()) return `admits ${plan.admit.join()}, not the oldest`;
    const after = [...left, ...state.waiting.slice(0, plan.admit.length)];
    if (after.length > limits.maxSeqs || need(after, limits) > limits.kvBlocks) return 'admits more than fits';
    const next = state.waiting[plan.admit.length];
    if (next && gone.length === 0 && after.length < limits.maxSeqs && need([...after, next], limits) + after.length <= limits.kvBlocks)
      return `${next.id} would have fitted, with a spare block for each of ${after.length}`;
    return judgeWork(after, plan.work, limits.maxTokens);
  };
  const judgeWork = (after: Seq[], work: [string, number][], budget: number): string | null => {
    const todo = (one: Seq) => one.prompt + one.made - one.cached;
    const order = [...after.filter((one) => todo(one) === 1), ...after.filter((one) => todo(one) > 1)];
    let rest = budget;
    const want = order.flatMap((one) => {
      const take = Math.min(rest, todo(one));
      rest -= take;
      return take > 0 ? [`${one.id}:${take}`] : [];
    });
    const got = work.map(([id, count]) => `${id}:${count}`);
    return [...got].sort().join() === [...want].sort().join() ? null : `computes ${got.join(' ')}, not ${want.join(' ')}`;
  };
  return [
    {
      name: 'random states: the youngest give way, the oldest join, decodes come before prompts',
      rubric: 'invariants',
      skill: 'batching-scheduling',
      steps: states.map(({ state, limits }) => ({ call: 'planStep', args: [state, limits, 'chunked'] })),
      check: (results) => {
        for (const [i, given] of states.entries()) {
          const found = judge(given, results[i] as Plan);
          if (found) return `${JSON.stringify(given)}: ${found}`;
        }
        return null;
      },
    },
    {
      name: 'where nobody has to give way, what was made counts when somebody wants to join',
      rubric: 'invariants',
      skill: 'kv-cache',
      steps: calm.map(({ state, limits }) => ({ call: 'planStep', args: [state, limits, 'chunked'] })),
      check: (results) => {
        for (const [i, given] of calm.entries()) {
          const found = judge(given, results[i] as Plan);
          if (found) return `${JSON.stringify(given)}: ${found}`;
        }
        return null;
      },
    },
  ];
}

function gains(makeTrace: MakeTrace, whole: (low: number, high: number) => number): Test[] {
  const about = { rubric: 'gains', skill: 'batching-scheduling' };
  // Seven short answers to one long one.
  const backlog = makeTrace(150, 0, 60, 20).map((one) => {
    const output = whole(1, 8) === 1 ? whole(250, 350) : whole(5, 40);
    return { ...one, output, maxOutput: output + whole(0, 60) };
  });
  const steady = makeTrace(150, 60, 60, 40);
  // Streams of chat, and now and then a prompt of a whole document.
  const documents = makeTrace(90, 35, 60, 120).map((one, i) => ({
    ...one,
    class: i % 9 === 4 ? 'document' : 'chat',
    prompt: i % 9 === 4 ? whole(5000, 7000) : one.prompt,
    output: i % 9 === 4 ? Math.min(one.output, 20) : one.output,
  }));
  const big: Limits = { maxTokens: 8192, maxSeqs: 32, kvBlocks: 6000, blockSize: 16 };
  const elder: Request[] = [
    ...makeTrace(20, 10, 40, 60),
    { id: 'elder', class: 'chat', arrivalMs: 100, prompt: 800, maxOutput: 40, output: 40 },
    ...makeTrace(250, 10, 30, 40).map((one) => ({ ...one, id: `l${one.id}`, arrivalMs: one.arrivalMs + 101 })),
  ];
  return [
    {
      ...about,
      name: 'continuous batching has at least twice the throughput of static batches',
      drive: told(async (step) => {
        const limits = { ...roomy, maxTokens: 1600 };
        const fixed = (await audited(step, backlog, 'static', limits)).summary().throughput;
        const moving = (await audited(step, backlog, 'continuous', limits)).summary().throughput;
        return moving >= 2 * fixed ? null : `${moving.toFixed(0)} against ${fixed.toFixed(0)} tokens per second`;
      }),
    },
    {
      rubric: 'gains',
      skill: 'prefill-decode-latency',
      name: 'chunks take the stalls out of streams when long prompts arrive',
      drive: told(async (step) => {
        const whole = (await audited(step, documents, 'continuous', big)).summary();
        const chunks = (await audited(step, documents, 'chunked', { ...big, maxTokens: 512 })).summary();
        const [a, b] = [whole.classes['chat']!, chunks.classes['chat']!];
        if (b.gapP99 > 0.5 * a.gapP99) return `the 99th percentile of gaps is ${b.gapP99.toFixed(1)} ms in chunks, ${a.gapP99.toFixed(1)} whole`;
        if (b.tpotP95 > 1.05 * a.tpotP95) return `time per token at p95 is ${b.tpotP95.toFixed(1)} ms in chunks, ${a.tpotP95.toFixed(1)} whole`;
        return chunks.throughput > 0.85 * whole.throughput ? null : `throughput falls from ${whole.throughput.toFixed(0)} to ${chunks.throughput.toFixed(0)}`;
      }),
    },
    {
      ...about,
      name: 'a full device stays full: steps hold all they may',
      drive: told(async (step) => {
        const audit = await audited(step, backlog, 'chunked', roomy);
        const busy = audit.outcome.steps.slice(0, Math.floor(audit.outcome.steps.length * 0.6));
        const mean = busy.reduce((sum, one) => sum + one.work.length, 0) / busy.length;
        return mean > 0.9 * roomy.maxSeqs ? null : `while 150 requests wait, ${mean.toFixed(1)} of 16 sequences take part on average`;
      }),
    },
    {
      ...about,
      name: 'nobody starves: a long prompt gets its turn before those that came after it',
      drive: told(async (step) => {
        const audit = await audited(step, elder, 'chunked', { ...roomy, maxTokens: 96, maxSeqs: 8, kvBlocks: 120 });
        const first = audit.lives.get('elder')!.times[0]!;
        const later = [...audit.lives.values()].filter((one) => one.request.id.startsWith('l') && one.times[0]! < first);
        return later.length > 8 ? `${later.length} requests that came later had their first token before it` : null;
      }),
    },
    {
      rubric: 'gains',
      skill: 'prefill-decode-latency',
      name: 'under a light load the first token comes within a few steps',
      drive: told(async (step) => {
        const { ttftP95 } = (await audited(step, makeTrace(40, 1500, 60, 10), 'chunked', roomy)).summary();
        const { ttftP95: fixed } = (await audited(step, steady, 'static', roomy)).summary();
        const { ttftP95: moving } = (await audited(step, steady, 'chunked', roomy)).summary();
        if (ttftP95 > 60) return `alone on the device, the first token takes ${ttftP95.toFixed(0)} ms at p95`;
        return moving < 0.5 * fixed ? null : `time to first token at p95: ${moving.toFixed(0)} ms, static ${fixed.toFixed(0)} ms`;
      }),
    },
  ];
}

function sensitivity(makeTrace: MakeTrace, whole: (low: number, high: number) => number): Test[] {
  const trace = makeTrace(70, 45, 300, 60);
  const budgets = [32, 64, 128, 256, 512, 1024];
  const odd = whole(0, 1);
  const measure = async (step: Drive) => {
    const found: { budget: number; summary: Summary }[] = [];
    for (const budget of budgets)
      found.push({ budget, summary: (await audited(step, trace, 'chunked', { ...roomy, maxTokens: budget })).summary() });
    return found;
  };
  const choose = (step: Drive, goals: object) => step({ call: 'chooseBudget', args: [trace, budgets, roomy, cost, goals] });
  return [
    {
      name: 'the budget with the highest throughput that keeps every goal',
      rubric: 'sensitivity',
      skill: 'prefill-decode-latency',
      drive: told(async (step) => {
        const found = await measure(step);
        // Every other one as the goal: each choice costs as many simulations as there are budgets.
        for (const limit of found.filter((_, i) => i % 2 === odd)) {
          const goals = { chat: { gapP99: limit.summary.classes['chat']!.gapP99 + 1e-6 }, batch: { ttftP95: found[2]!.summary.classes['batch']!.ttftP95 + 1e-6 } };
          const kept = found.filter(
            ({ summary }) => summary.classes['chat']!.gapP99 <= goals.chat.gapP99 && summary.classes['batch']!.ttftP95 <= goals.batch.ttftP95,
          );
          const best = kept.sort((a, b) => b.summary.throughput - a.summary.throughput)[0]?.budget ?? null;
          const got = await choose(step, goals);
          if (got !== best) return `for ${JSON.stringify(goals)} the choice is ${String(got)}, not ${best}`;
        }
        return null;
      }),
    },
    {
      name: 'goals that no budget keeps are not kept',
      rubric: 'sensitivity',
      skill: 'prefill-decode-latency',
      steps: [
        { call: 'chooseBudget', args: [trace, budgets, roomy, cost, { chat: { gapP99: 1 } }] },
        { call: 'chooseBudget', args: [trace, budgets, roomy, cost, {}] },
      ],
      check: ([none, some]) => (none === null && budgets.includes(some as number) ? null : `chose ${String(none)} under a goal of 1 ms, ${String(some)} without goals`),
    },
    {
      name: 'the mean number of requests in the system, as counted over time',
      rubric: 'sensitivity',
      skill: 'littles-law',
      drive: told(async (step) => {
        for (const trace of [makeTrace(160, 45, 60, 40), makeTrace(60, 400, 60, 40)]) {
          const audit = await audited(step, trace, 'chunked', roomy);
          const [got, want] = [audit.outcome.summary.meanInSystem, audit.summary().meanInSystem];
          if (!(Math.abs(got - want) < 1e-6 * want)) return `meanInSystem is ${got}; counted over time it is ${want}`;
        }
        return null;
      }),
    },
  ];
}
