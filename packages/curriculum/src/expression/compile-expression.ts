import { ExpressionError } from './expression-error.ts';
import { FUNCTIONS, modulo } from './functions.ts';
import type { Budget } from './functions.ts';
import { parseExpression } from './parse-expression.ts';
import type { Expression, Operator } from './parse-expression.ts';

/** Values by name. */
export type Scope = Readonly<Record<string, number>>;

/** A formula ready to be evaluated many times. */
export interface CompiledExpression {
  /** Names it needs from the scope. */
  names: readonly string[];
  /** Its value; throws ExpressionError where there is no finite one or the work is out of bounds. */
  evaluate(scope: Scope): number;
}

/** Steps one evaluation may take, over all its sums together. */
const MOST_STEPS = 1_000_000;
/** Terms of one sum or product. */
const MOST_TERMS = 100_000;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

interface Run extends Budget {
  scope: Scope;
  /** Values of the names bound by sum and prod, innermost last. */
  bound: number[];
}

type Step = (run: Run) => number;

/** Reads a formula once. Throws ExpressionError where it is not in the language. */
export function compileExpression(source: string): CompiledExpression {
  const names = new Set<string>();
  const step = compile(parseExpression(source), [], names);
  return {
    names: [...names],
    evaluate(scope) {
      let left = MOST_STEPS;
      const spend = (steps: number): void => {
        left -= steps;
        if (left < 0) throw new ExpressionError(`takes more than ${MOST_STEPS} steps`);
      };
      return finite(step({ scope, bound: [], spend }));
    },
  };
}

/** Evaluates a formula once. Throws ExpressionError. */
export function evaluateExpression(source: string, scope: Record<string, number>): number {
  return compileExpression(source).evaluate(scope);
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError(
    Number.isNaN(value) ? 'has no value here (it is not a number)' : 'is infinite here',
  );
}

function compile(node: Expression, bound: readonly string[], names: Set<string>): Step {
  switch (node.type) {
    case 'number':
      return () => node.value;
    case 'name':
      return compileName(node.name, bound, names);
    case 'operator':
      return compileOperator(
        node.operator,
        node.args.map((arg) => compile(arg, bound, names)),
      );
    case 'condition': {
      const test = compile(node.test, bound, names);
      const yes = compile(node.yes, bound, names);
      const no = compile(node.no, bound, names);
      return (run) => (test(run) === 0 ? no(run) : yes(run));
    }
    case 'call': {
      const known = FUNCTIONS.get(node.name);
      if (!known) throw new ExpressionError(`calls ${node.name}, which is no function of the language`);
      const args = node.args.map((arg) => compile(arg, bound, names));
      return (run) => {
        run.spend(1);
        return finite(
          known.run(
            args.map((arg) => arg(run)),
            run,
          ),
        );
      };
    }
    case 'series':
      return compileSeries(node, bound, names);
  }
}

function compileName(name: string, bound: readonly string[], names: Set<string>): Step {
  const index = bound.lastIndexOf(name);
  if (index >= 0) return (run) => run.bound[index] as number;
  const constant = CONSTANTS.get(name);
  // A parameter called e or pi would be a trap for the reader of the formula; the constant wins, the linter warns.
  if (constant !== undefined) return () => constant;
  names.add(name);
  return (run) => {
    run.spend(1);
    const value = Object.hasOwn(run.scope, name) ? run.scope[name] : undefined;
    if (typeof value !== 'number')
      throw new ExpressionError(`uses ${name}, which is neither a parameter nor derived above`);
    return finite(value);
  };
}

function compileSeries(
  node: Expression & { type: 'series' },
  outer: readonly string[],
  names: Set<string>,
): Step {
  if (CONSTANTS.has(node.name)) throw new ExpressionError(`counts with ${node.name}, which is a constant`);
  const from = compile(node.from, outer, names);
  const to = compile(node.to, outer, names);
  const term = compile(node.term, [...outer, node.name], names);
  return (run) => {
    const first = from(run);
    const last = to(run);
    if (!Number.isInteger(first) || !Number.isInteger(last))
      throw new ExpressionError('sums between limits that are no whole numbers');
    if (last - first >= MOST_TERMS) throw new ExpressionError(`sums more than ${MOST_TERMS} terms`);
    let result = node.product ? 1 : 0;
    for (let value = first; value <= last; value++) {
      run.spend(1);
      run.bound[outer.length] = value;
      const next = term(run);
      result = node.product ? result * next : result + next;
    }
    return finite(result);
  };
}

/** Equal but for the noise of binary fractions: 0.1 + 0.2 == 0.3. */
function near(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

const APPLY: Record<Operator, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: (a, b) => a ** b,
  mod: modulo,
  unaryMinus: (a) => -a,
  unaryPlus: (a) => a,
  equal: (a, b) => Number(near(a, b)),
  unequal: (a, b) => Number(!near(a, b)),
  smaller: (a, b) => Number(a < b && !near(a, b)),
  smallerEq: (a, b) => Number(a < b || near(a, b)),
  larger: (a, b) => Number(a > b && !near(a, b)),
  largerEq: (a, b) => Number(a > b || near(a, b)),
  and: (a, b) => Number(a !== 0 && b !== 0),
  or: (a, b) => Number(a !== 0 || b !== 0),
  not: (a) => Number(a === 0),
};

function compileOperator(operator: Operator, args: readonly Step[]): Step {
  const [left, right] = args;
  if (!left) throw new ExpressionError('has an operator without a value');
  // Short circuits, so that `x > 0 and 1 / x > 2` is safe.
  if (operator === 'and' && right) return (run) => Number(left(run) !== 0 && right(run) !== 0);
  if (operator === 'or' && right) return (run) => Number(left(run) !== 0 || right(run) !== 0);
  const apply = APPLY[operator];
  return (run) => {
    run.spend(1);
    return finite(apply(left(run), right ? right(run) : 0));
  };
}
