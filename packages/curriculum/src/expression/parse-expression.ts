import { create, parseDependencies } from 'mathjs/number';
import type {
  ConstantNode,
  FactoryFunctionMap,
  FunctionNode,
  MathNode,
  OperatorNode,
  RelationalNode,
  SymbolNode,
} from 'mathjs';
import { ExpressionError } from './expression-error.ts';
import { FUNCTIONS } from './functions.ts';

/** A formula after parsing: only what the language has. Anything else was refused. */
export type Expression =
  | { type: 'number'; value: number }
  | { type: 'name'; name: string }
  | { type: 'operator'; operator: Operator; args: Expression[] }
  | { type: 'condition'; test: Expression; yes: Expression; no: Expression }
  | { type: 'call'; name: string; args: Expression[] }
  | { type: 'series'; product: boolean; name: string; from: Expression; to: Expression; term: Expression };

export type Operator = keyof typeof OPERATORS;

/** mathjs's name of each operator the language has, and the sign an author writes. */
const OPERATORS = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  pow: '^',
  mod: '%',
  unaryMinus: '-',
  unaryPlus: '+',
  equal: '==',
  unequal: '!=',
  smaller: '<',
  smallerEq: '<=',
  larger: '>',
  largerEq: '>=',
  and: 'and',
  or: 'or',
  not: 'not',
} as const;

const LONGEST = 1000;
const DEEPEST = 40;
const MOST_NODES = 500;

// Only mathjs's parser is used. What it returns is a tree; nothing of mathjs ever evaluates it.
const mathjs = create({ parseDependencies } as FactoryFunctionMap);

/** Reads a formula. Throws ExpressionError, with a message for the author, at anything outside the language. */
export function parseExpression(source: string): Expression {
  if (source.length > LONGEST)
    throw new ExpressionError(`is longer than ${LONGEST} characters; split it into derived values`);
  const refused = /[#;"'`[\]{}\\]/.exec(source)?.[0];
  if (refused !== undefined)
    throw new ExpressionError(`contains ${refused}, which the language does not have`);
  if (/(?<![=!<>])=(?!=)/.test(source)) throw new ExpressionError('assigns with =; compare with ==');
  let open = 0;
  for (const sign of source) {
    open += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (open > DEEPEST) throw new ExpressionError(`nests brackets deeper than ${DEEPEST}`);
  }
  let tree: MathNode;
  try {
    tree = mathjs.parse(source.replace(/\s+/g, ' '));
  } catch (error) {
    // A RangeError is a stack that ran out on a chain such as ----…1: refused like any other.
    const reason = error instanceof SyntaxError ? error.message : 'is nested too deeply';
    throw new ExpressionError(`cannot be read: ${reason}`);
  }
  const budget = { nodes: 0 };
  return convert(tree, 0, budget);
}

function convert(node: MathNode, depth: number, budget: { nodes: number }): Expression {
  if (depth > DEEPEST * 2 || ++budget.nodes > MOST_NODES) {
    throw new ExpressionError('is too large; split it into derived values');
  }
  const next = (child: MathNode): Expression => convert(child, depth + 1, budget);
  switch (node.type) {
    case 'ConstantNode': {
      const { value } = node as ConstantNode;
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new ExpressionError('contains a constant that is no finite number');
      return { type: 'number', value };
    }
    case 'ParenthesisNode':
      return next((node as MathNode & { content: MathNode }).content);
    case 'SymbolNode':
      return { type: 'name', name: (node as SymbolNode).name };
    case 'OperatorNode':
      return convertOperator(node as OperatorNode, next);
    case 'RelationalNode':
      return convertChain(node as RelationalNode, next);
    case 'ConditionalNode': {
      const { condition, trueExpr, falseExpr } = node as MathNode &
        Record<'condition' | 'trueExpr' | 'falseExpr', MathNode>;
      return { type: 'condition', test: next(condition), yes: next(trueExpr), no: next(falseExpr) };
    }
    case 'FunctionNode':
      return convertCall(node as FunctionNode, next);
    default:
      throw new ExpressionError(
        `uses ${node.type.replace(/Node$/, '').toLowerCase()} syntax, which the language does not have`,
      );
  }
}

function convertOperator(node: OperatorNode, next: (child: MathNode) => Expression): Expression {
  const name: string = node.fn;
  if (node.implicit) throw new ExpressionError('leaves out a multiplication sign; write 2 * x, not 2 x');
  if (!isOperator(name))
    throw new ExpressionError(`uses the operator ${node.op}, which the language does not have`);
  return { type: 'operator', operator: name, args: node.args.map(next) };
}

function isOperator(name: string): name is Operator {
  return Object.hasOwn(OPERATORS, name);
}

/** `a < b < c` is `a < b and b < c`. */
function convertChain(node: RelationalNode, next: (child: MathNode) => Expression): Expression {
  const params = node.params.map(next);
  const parts = node.conditionals.map((name: string, n): Expression => {
    if (!isOperator(name)) throw new ExpressionError('uses a comparison the language does not have');
    return { type: 'operator', operator: name, args: [params[n] as Expression, params[n + 1] as Expression] };
  });
  return parts.reduce((left, right) => ({ type: 'operator', operator: 'and', args: [left, right] }));
}

function convertCall(node: FunctionNode, next: (child: MathNode) => Expression): Expression {
  const callee = node.fn as MathNode;
  if (callee.type !== 'SymbolNode')
    throw new ExpressionError('calls something that is no function of the language');
  const { name } = callee as SymbolNode;
  if (name === 'sum' || name === 'prod') {
    const [index, from, to, term] = node.args;
    if (node.args.length !== 4 || index?.type !== 'SymbolNode') {
      throw new ExpressionError(`${name} is written ${name}(i, from, to, term)`);
    }
    return {
      type: 'series',
      product: name === 'prod',
      name: (index as SymbolNode).name,
      from: next(from as MathNode),
      to: next(to as MathNode),
      term: next(term as MathNode),
    };
  }
  const known = FUNCTIONS.get(name);
  if (!known) throw new ExpressionError(`calls ${name}, which is no function of the language`);
  if (node.args.length < known.min || node.args.length > known.max) {
    throw new ExpressionError(
      `calls ${name} with ${node.args.length} arguments; it takes ${known.min === known.max ? known.min : `${known.min} to ${known.max}`}`,
    );
  }
  return { type: 'call', name, args: node.args.map(next) };
}
