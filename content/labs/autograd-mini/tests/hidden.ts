type Ref = { $: 'ref'; name: string };
type Step =
  | { new: string; as: string; args: unknown[] }
  | { on: string; call: string; as?: string; args: unknown[] }
  | { on: string; get: string }
  | { call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  raises?: string;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
type Operand = number | { c: number };
type Line = [string, ...Operand[]];
type Traced = { data: number[]; grad: number[] };

const ref = (name: string): Ref => ({ $: 'ref', name });

/** Value and derivative by one input, carried forward together: another road to the same gradients. */
type Dual = { x: number; d: number };
const dual: Record<string, (a: Dual, b: Dual) => Dual> = {
  '+': (a, b) => ({ x: a.x + b.x, d: a.d + b.d }),
  '-': (a, b) => ({ x: a.x - b.x, d: a.d - b.d }),
  '*': (a, b) => ({ x: a.x * b.x, d: a.d * b.x + a.x * b.d }),
  '/': (a, b) => ({ x: a.x / b.x, d: (a.d * b.x - a.x * b.d) / (b.x * b.x) }),
  '**': (a, b) => ({ x: a.x ** b.x, d: b.x * a.x ** (b.x - 1) * a.d }),
  exp: (a) => ({ x: Math.exp(a.x), d: Math.exp(a.x) * a.d }),
  log: (a) => ({ x: Math.log(a.x), d: a.d / a.x }),
  tanh: (a) => ({ x: Math.tanh(a.x), d: a.d * (1 - Math.tanh(a.x) ** 2) }),
  relu: (a) => (a.x > 0 ? a : { x: 0, d: 0 }),
};

function forward(program: Line[], inputs: number[], by: number): Dual[] {
  const nodes = inputs.map((x, i) => ({ x, d: i === by ? 1 : 0 }));
  for (const [name, ...operands] of program) {
    const [a, b] = operands.map((operand) =>
      typeof operand === 'number' ? nodes[operand]! : { x: operand.c, d: 0 },
    );
    nodes.push(dual[name]!(a!, b!));
  }
  return nodes;
}

const near = (a: number, b: number, tol = 1e-7) => Math.abs(a - b) <= tol * Math.max(1, Math.abs(b));

function differsFrom(program: Line[], inputs: number[], traced: Traced, passes = 1): string | null {
  for (const by of inputs.keys()) {
    const nodes = forward(program, inputs, by);
    const last = nodes[nodes.length - 1]!;
    if (!near(traced.data[nodes.length - 1]!, last.x)) return `the result is ${last.x}, not ${traced.data[nodes.length - 1]}`;
    if (!near(traced.grad[by]!, last.d * passes))
      return `of ${JSON.stringify(program)} at ${JSON.stringify(inputs)} the gradient of input ${by} is ${last.d * passes}, not ${traced.grad[by]}`;
  }
  return null;
}

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const between = (low: number, high: number) => low + random() * (high - low);

  /** A random graph whose nodes stay away from poles, kinks and overflow. */
  const graph = (inputs: number, size: number, names: string[]): { program: Line[]; at: number[] } => {
    const at = Array.from({ length: inputs }, () => between(0.3, 1.7) * (random() < 0.4 ? -1 : 1));
    const program: Line[] = [];
    while (program.length < size) {
      const name = names[whole(0, names.length - 1)]!;
      const count = inputs + program.length;
      const node = () => (random() < 0.5 ? whole(0, count - 1) : whole(Math.max(0, count - 3), count - 1));
      const constant = () => (random() < 0.25 ? { c: Math.round(between(1, 4) * 4) / 4 } : node());
      const line: Line =
        name === '**'
          ? [name, node(), { c: whole(2, 3) }]
          : '+-*/'.includes(name)
            ? random() < 0.5
              ? [name, node(), constant()]
              : [name, constant(), node()]
            : [name, node()];
      const values = forward([...program, line], at, 0).map(({ x }) => x);
      const operand = typeof line[1] === 'number' ? values[line[1]]! : 1;
      const divisor = typeof line[2] === 'number' ? values[line[2]]! : 1;
      if (name === 'log' && operand < 0.2) continue;
      if (name === 'relu' && Math.abs(operand) < 0.05) continue;
      if (name === '/' && Math.abs(divisor) < 0.2) continue;
      if (!(Math.abs(values[values.length - 1]!) < 20)) continue;
      program.push(line);
    }
    return { program, at };
  };
  const traced = (
    name: string,
    graphs: { program: Line[]; at: number[]; passes?: number }[],
  ): Test => ({
    name,
    rubric: 'gradients',
    skill: 'autodiff-backprop',
    steps: graphs.map(({ program, at, passes }) => ({ call: 'trace', args: [program, at, passes ?? 1] })),
    check: (results) => {
      for (const [i, { program, at, passes }] of graphs.entries()) {
        const message = differsFrom(program, at, results[i] as Traced, passes);
        if (message) return message;
      }
      return null;
    },
  });
  const many = (count: number, make: (i: number) => { program: Line[]; at: number[]; passes?: number }) =>
    Array.from({ length: count }, (_, i) => make(i));
  const x = between(0.5, 1.5);
  const chain = Array.from({ length: 10_000 }, (_, i): Line => ['*', i, { c: i % 2 ? 2 : 0.5 }]);
  const diamonds = Array.from({ length: 40 }, (_, i): Line => ['+', i, i]);

  const gradients: Test[] = [
    traced('sums, products and powers', many(12, () => graph(3, 8, ['+', '-', '*', '**']))),
    traced('functions of one value', many(12, () => graph(2, 8, ['exp', 'log', 'tanh', 'relu', '+']))),
    traced('random graphs of everything', many(25, () => graph(4, 18, Object.keys(dual)))),
    traced('one node, used many times over', [
      { program: [['*', 0, 0], ['*', 1, 1], ['*', 2, 2]], at: [x] },
      { program: [['tanh', 0], ['*', 1, 1], ['+', 2, 1], ['*', 3, 1], ['-', 4, 3]], at: [x] },
    ]),
    traced('numbers before the operator', [
      { program: [['+', { c: 2 }, 0], ['*', { c: 3 }, 1], ['-', { c: 1 }, 2], ['/', { c: 5 }, 3]], at: [x] },
    ]),
    traced('going back twice adds the same again', many(6, () => ({ ...graph(2, 10, ['+', '*', 'tanh']), passes: 2 }))),
    traced('a chain of 10,000 nodes', [{ program: chain, at: [x] }]),
    traced('forty doublings: every node is visited once', [{ program: diamonds, at: [1] }]),
  ];

  const numbers = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => between(-1.5, 1.5)));
  return [...gradients, ...matrices(numbers), ...loop(random, between), ...resume(between)];
}

/** A dense layer by hand: mean(tanh(x·w + b)), and what flows back to x, w and b. */
function dense(x: number[][], w: number[][], b: number[]) {
  const rows = x.length;
  const columns = b.length;
  const gx = x.map((row) => row.map(() => 0));
  const gw = w.map((row) => row.map(() => 0));
  const gb = b.map(() => 0);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const sum = x[r]!.reduce((total, value, k) => total + value * w[k]![c]!, b[c]!);
      const g = (1 - Math.tanh(sum) ** 2) / (rows * columns);
      gb[c]! += g;
      for (let k = 0; k < w.length; k++) {
        gw[k]![c]! += g * x[r]![k]!;
        gx[r]![k]! += g * w[k]![c]!;
      }
    }
  return { gx, gw, gb: [gb] };
}

function matrices(numbers: (rows: number, columns: number) => number[][]): Test[] {
  const about = { rubric: 'gradients', skill: 'tensor-shapes-dtypes' };
  const [x, w, b] = [numbers(5, 3), numbers(3, 4), numbers(1, 4)];
  const expected = dense(x, w, b[0]!);
  const layer: Step[] = [
    { new: 'Matrix', as: 'x', args: [x] },
    { new: 'Matrix', as: 'w', args: [w] },
    { new: 'Matrix', as: 'b', args: [b] },
    { on: 'x', call: 'matmul', args: [ref('w')], as: 'xw' },
    { on: 'xw', call: 'add', args: [ref('b')], as: 'sum' },
    { on: 'sum', call: 'tanh', args: [], as: 'h' },
    { on: 'h', call: 'mean', args: [], as: 'loss' },
    { on: 'loss', call: 'backward', args: [] },
  ];
  const square = numbers(3, 3);
  return [
    { ...about, name: 'gradient of the weights of a dense layer', steps: [...layer, { on: 'w', get: 'grad' }], expect: expected.gw, tol: 1e-9 },
    { ...about, name: 'gradient of its input', steps: [...layer, { on: 'x', get: 'grad' }], expect: expected.gx, tol: 1e-9 },
    { ...about, name: 'gradient of its bias, summed over the rows', steps: [...layer, { on: 'b', get: 'grad' }], expect: expected.gb, tol: 1e-9 },
    {
      ...about,
      name: 'a matrix multiplied by itself and added to itself',
      steps: [
        { new: 'Matrix', as: 'a', args: [square] },
        { on: 'a', call: 'matmul', args: [ref('a')], as: 'aa' },
        { on: 'aa', call: 'add', args: [ref('a')], as: 's' },
        { on: 's', call: 'mean', args: [], as: 'loss' },
        { on: 'loss', call: 'backward', args: [] },
        { on: 'a', get: 'grad' },
      ],
      // d sum(A·A + A) / dA[i][j] = row sum of A at j + column sum of A at i + 1
      expect: square.map((_, i) =>
        square[0]!.map(
          (__, j) => (square[j]!.reduce((s, v) => s + v, 0) + square.reduce((s, row) => s + row[i]!, 0) + 1) / 9,
        ),
      ),
      tol: 1e-9,
    },
    {
      ...about,
      name: 'shapes that do not fit are refused, not stretched',
      steps: [
        { new: 'Matrix', as: 'a', args: [numbers(4, 3)] },
        { new: 'Matrix', as: 'b', args: [numbers(2, 3)] },
        { on: 'a', call: 'add', args: [ref('b')] },
      ],
      raises: 'ShapeError',
    },
    {
      ...about,
      name: 'the inner sizes of a product must agree',
      steps: [
        { new: 'Matrix', as: 'a', args: [numbers(4, 3)] },
        { new: 'Matrix', as: 'b', args: [numbers(4, 3)] },
        { on: 'a', call: 'matmul', args: [ref('b')] },
      ],
      raises: 'ShapeError',
    },
  ];
}

/** Drives an optimiser over one parameter whose gradient is exp(parameter), and follows it by hand. */
async function follow(
  step: Drive,
  make: Step,
  rule: (p: number, g: number, n: number) => number,
  start: number,
  clear: boolean,
): Promise<string | null> {
  await step({ new: 'Value', as: 'p', args: [start] });
  await step(make);
  let p = start;
  let g = 0;
  for (let n = 1; n <= 6; n++) {
    if (clear) {
      await step({ on: 'o', call: 'zero_grad', args: [] });
      g = 0;
    }
    await step({ on: 'p', call: 'exp', args: [], as: 'y' });
    await step({ on: 'y', call: 'backward', args: [] });
    g += Math.exp(p);
    await step({ on: 'o', call: 'step', args: [] });
    p = rule(p, g, n);
    const got = await step({ on: 'p', get: 'data' });
    if (!near(got as number, p)) return `after step ${n} the parameter is ${got}, not ${p}`;
  }
  return null;
}

function loop(random: () => number, between: (low: number, high: number) => number): Test[] {
  const about = { rubric: 'loop', skill: 'training-loop' };
  const lr = between(0.01, 0.2);
  const start = between(-0.5, 0.5);
  const sgd: Step = { new: 'SGD', as: 'o', args: [[ref('p')], lr] };
  const adam: Step = { new: 'Adam', as: 'o', args: [[ref('p')], lr, [0.8, 0.95], 1e-6] };
  const adamRule = () => {
    let [m, v] = [0, 0];
    return (p: number, g: number, n: number) => {
      m = 0.8 * m + 0.2 * g;
      v = 0.95 * v + 0.05 * g * g;
      return p - (lr * (m / (1 - 0.8 ** n))) / (Math.sqrt(v / (1 - 0.95 ** n)) + 1e-6);
    };
  };
  const points = moons(random, 70);
  const config = { ...points, sizes: [2, 8, 1], seed: 1 + Math.floor(random() * 1000), lr: 0.08, batch: 14, epochs: 50 };
  return [
    { ...about, name: 'plain gradient descent, cleared between steps', drive: (step) => follow(step, sgd, (p, g) => p - lr * g, start, true) },
    {
      ...about,
      name: 'a step does not clear gradients: without zero_grad they add up',
      drive: (step) => follow(step, sgd, (p, g) => p - lr * g, start, false),
    },
    { ...about, name: 'Adam with the correction of its averages', drive: (step) => follow(step, adam, adamRule(), start, true) },
    {
      ...about,
      name: 'two moons are told apart',
      steps: [{ call: 'train', args: [config] }],
      check: ([result]) => {
        const { history, scores } = result as { history: number[]; scores: number[] };
        if (history.length !== 50) return `the history has ${history.length} epochs, not 50`;
        const right = scores.filter((score, i) => score * points.labels[i]! > 0).length;
        if (right < 0.95 * scores.length || scores.length !== 70) return `${right} of 70 points are on the right side`;
        return history[49]! < 0.5 * history[0]! ? null : `the loss went from ${history[0]} to ${history[49]}`;
      },
    },
    {
      ...about,
      name: 'the first entry of the history is the loss of a first epoch, in the right units',
      steps: [{ call: 'train', args: [{ ...config, lr: 1e-9, epochs: 1 }] }],
      check: ([result]) => {
        const { history, scores } = result as { history: number[]; scores: number[] };
        const loss = scores.reduce((sum, s, i) => sum + Math.log1p(Math.exp(-s * points.labels[i]!)), 0) / 70;
        return near(history[0]!, loss, 1e-5) ? null : `the mean loss over the points is ${loss}, the history says ${history[0]}`;
      },
    },
  ];
}

/** Two half circles that reach into each other. */
function moons(random: () => number, count: number) {
  const noise = () => 0.12 * (random() + random() + random() - 1.5);
  const labels = Array.from({ length: count }, (_, i) => (i % 2 ? 1 : -1));
  const points = labels.map((label) => {
    const angle = Math.PI * random();
    return label < 0
      ? [Math.cos(angle) + noise(), Math.sin(angle) + noise()]
      : [1 - Math.cos(angle) + noise(), 0.5 - Math.sin(angle) + noise()];
  });
  return { points, labels };
}

function resume(between: (low: number, high: number) => number): Test[] {
  const about = { rubric: 'resume', skill: 'testing-nondeterminism' };
  const points = Array.from({ length: 22 }, () => [between(-1, 1), between(-1, 1)]);
  const labels = points.map(([a, b]) => (a! * b! > 0 ? 1 : -1));
  const config = { points, labels, sizes: [2, 4, 1], seed: 7, lr: 0.05, batch: 5, epochs: 6 };
  type Run = { history: number[]; params: number[]; checkpoint: unknown };
  const train = async (step: Drive, more: object, checkpoint?: unknown) =>
    (await step({ call: 'train', args: [{ ...config, ...more }, ...(checkpoint ? [checkpoint] : [])] })) as Run;
  const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return [
    {
      ...about,
      name: 'one seed, one result; another seed, another',
      drive: async (step) => {
        const [one, two, other] = [await train(step, {}), await train(step, {}), await train(step, { seed: 8 })];
        if (!equal(one.history, two.history) || !equal(one.params, two.params)) return 'two runs with seed 7 differ';
        return one.params.length === 17 && !equal(one.params, other.params) ? null : 'seeds 7 and 8 give the same parameters, or not 17 of them';
      },
    },
    {
      ...about,
      name: 'points come in another order in every epoch',
      drive: async (step) => {
        // With a rate of almost zero the parameters stay, and only the order of summation is left to differ.
        const { history } = await train(step, { lr: 1e-300, batch: 22, epochs: 5 });
        return new Set(history).size > 1 ? null : 'five epochs added up the points in the same order';
      },
    },
    {
      ...about,
      name: 'a resumed run meets the points in the order of the run that was not stopped',
      drive: async (step) => {
        const still = { lr: 1e-300, batch: 22 };
        const whole = await train(step, still);
        const first = await train(step, { ...still, epochs: 2 });
        const rest = await train(step, still, JSON.parse(JSON.stringify(first.checkpoint)));
        return whole.history.length === 6 && equal(rest.history, whole.history)
          ? null
          : 'parameters that stay where they are give another history after a resume';
      },
    },
    ...[1, 3, 5].map((stop): Test => ({
      rubric: 'resume',
      skill: 'training-loop',
      name: `stopped after ${stop} of 6 epochs and resumed: the same bits`,
      drive: async (step) => {
        const whole = await train(step, {});
        const first = await train(step, { epochs: stop });
        const rest = await train(step, {}, JSON.parse(JSON.stringify(first.checkpoint)));
        if (whole.history.length !== 6) return `6 epochs leave a history of ${whole.history.length}`;
        if (!equal(rest.history, whole.history)) return `the histories differ: ${rest.history} and ${whole.history}`;
        return equal(rest.params, whole.params) ? null : 'the histories agree, the parameters differ';
      },
    })),
  ];
}
