import { ExpressionError } from './expression-error.ts';
import { normalCdf } from './normal.ts';

/** Work done so far in one evaluation; long loops report to it. */
export interface Budget {
  spend(steps: number): void;
}

/** A function of the language: how many arguments it takes and what it does with them. */
export interface LanguageFunction {
  min: number;
  max: number;
  run(args: readonly number[], budget: Budget): number;
}

function one(run: (x: number) => number): LanguageFunction {
  return { min: 1, max: 1, run: (args) => run(args[0] as number) };
}

function two(run: (a: number, b: number, budget: Budget) => number): LanguageFunction {
  return { min: 2, max: 2, run: (args, budget) => run(args[0] as number, args[1] as number, budget) };
}

/** Every function the language has, but `sum` and `prod`, which bind a name. */
export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['abs', one(Math.abs)],
  ['floor', one((x) => Math.floor(settle(x)))],
  ['ceil', one((x) => Math.ceil(settle(x)))],
  ['sqrt', one(Math.sqrt)],
  ['exp', one(Math.exp)],
  ['log', one(Math.log)],
  ['log2', one(Math.log2)],
  ['log10', one(Math.log10)],
  ['sin', one(Math.sin)],
  ['cos', one(Math.cos)],
  ['normalCdf', one(normalCdf)],
  ['factorial', one(factorial)],
  ['mod', two(modulo)],
  ['comb', two(comb)],
  ['erlangC', two(erlangC)],
  ['gcd', two(gcd)],
  ['lcm', two(lcm)],
  ['min', { min: 1, max: 50, run: (args) => Math.min(...args) }],
  ['max', { min: 1, max: 50, run: (args) => Math.max(...args) }],
  ['round', { min: 1, max: 2, run: (args) => round(args[0] as number, args[1] ?? 0) }],
  ['pick', { min: 2, max: 50, run: pick }],
]);

/** 2.9999999999999996, the result of harmless arithmetic, must floor to 3. */
function settle(x: number): number {
  const near = Math.round(x);
  return Math.abs(x - near) <= 1e-12 * Math.max(1, Math.abs(x)) ? near : x;
}

/** The remainder with the sign of the divisor. */
export function modulo(a: number, b: number): number {
  return a - b * Math.floor(settle(a / b));
}

/** Half away from zero, on the decimal number one reads. */
function round(x: number, digits: number): number {
  integer('round', 'digits', digits, 0, 15);
  const text = Math.abs(x).toString();
  if (text.includes('e')) return Number(x.toFixed(digits));
  return Math.sign(x) * Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`);
}

function integer(name: string, what: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new ExpressionError(`${name}: ${what} must be a whole number from ${low} to ${high}, not ${value}`);
  }
}

function factorial(n: number): number {
  integer('factorial', 'n', n, 0, 170);
  let result = 1;
  for (let k = 2; k <= n; k++) result *= k;
  return result;
}

function comb(n: number, k: number, budget: Budget): number {
  integer('comb', 'n', n, 0, 1e6);
  integer('comb', 'k', k, 0, 1e6);
  if (k > n) return 0;
  const m = Math.min(k, n - k);
  budget.spend(m);
  let result = 1;
  for (let i = 1; i <= m; i++) {
    result = (result * (n - m + i)) / i;
    if (!Number.isFinite(result)) break;
  }
  return result < 2 ** 53 ? Math.round(result) : result;
}

/** Probability of waiting in an M/M/c queue; 1 where the offered load is at or above the servers. */
function erlangC(servers: number, load: number, budget: Budget): number {
  integer('erlangC', 'servers', servers, 1, 1e5);
  if (load < 0) throw new ExpressionError(`erlangC: the offered load must not be negative, it is ${load}`);
  if (load >= servers) return 1;
  budget.spend(servers);
  // Erlang B by its recursion, which neither overflows nor cancels, then C from B.
  let blocking = 1;
  for (let n = 1; n <= servers; n++) blocking = (load * blocking) / (n + load * blocking);
  return (servers * blocking) / (servers - load * (1 - blocking));
}

function gcd(a: number, b: number): number {
  integer('gcd', 'the first argument', a, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  integer('gcd', 'the second argument', b, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

function lcm(a: number, b: number): number {
  const divisor = gcd(a, b);
  return divisor === 0 ? 0 : (Math.abs(a) / divisor) * Math.abs(b);
}

function pick(args: readonly number[]): number {
  const index = args[0] as number;
  integer('pick', 'the index', index, 1, args.length - 1);
  return args[index] as number;
}
