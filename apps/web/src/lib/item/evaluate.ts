/**
 * Arithmetic for the scratch pad: + − × ÷ ^ %, brackets, ans, constants and a few functions. Read by descent, never
 * by the browser's own evaluator, which the page's policy forbids. Powers bind to the right: 2^3^2 is 2^9.
 */
const functions: Record<string, (...values: number[]) => number> = {
  sqrt: Math.sqrt,
  ln: Math.log,
  log: Math.log10,
  log2: Math.log2,
  exp: Math.exp,
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  min: Math.min,
  max: Math.max,
};
const constants: Record<string, number> = {
  pi: Math.PI,
  e: Math.E,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
};
const token =
  /\s*(\d+(?:[,_]\d{3}(?!\d))*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[a-z]\w*|[-+*/^%(),])/iy;

class NotArithmetic extends Error {}

function read(source: string): string[] {
  const text = source
    .replaceAll(/[×·]/g, '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replaceAll('**', '^');
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match) throw new NotArithmetic();
    tokens.push(match[1]!);
  }
  return tokens;
}

/** One line's value, or null where it is not arithmetic. */
export function evaluate(line: string, ans = 0): number | null {
  try {
    const tokens = read(line);
    let i = 0;
    const take = (expected: string): void => {
      if (tokens[i] !== expected) throw new NotArithmetic();
      i += 1;
    };

    const primary = (): number => {
      const word = tokens[i];
      if (word === undefined) throw new NotArithmetic();
      i += 1;
      if (word === '(') {
        const value = sum();
        take(')');
        return value;
      }
      if (/^[\d.]/.test(word)) return Number(word.replaceAll(/[,_]/g, ''));
      const name = word.toLowerCase();
      if (name === 'ans') return ans;
      const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (call) {
        take('(');
        const values = [sum()];
        while (tokens[i] === ',') {
          i += 1;
          values.push(sum());
        }
        take(')');
        return call(...values);
      }
      if (Object.hasOwn(constants, name)) return constants[name]!;
      throw new NotArithmetic();
    };
    const postfix = (): number => {
      let value = primary();
      while (tokens[i] === '%' && !/^[\d.a-z(]/i.test(tokens[i + 1] ?? '')) {
        i += 1;
        value /= 100;
      }
      return value;
    };
    const power = (): number => {
      const base = postfix();
      if (tokens[i] !== '^') return base;
      i += 1;
      return base ** unary();
    };
    const unary = (): number => {
      if (tokens[i] === '-') {
        i += 1;
        return -unary();
      }
      if (tokens[i] === '+') i += 1;
      return power();
    };
    const product = (): number => {
      let value = unary();
      for (;;) {
        const operator = tokens[i];
        if (operator !== '*' && operator !== '/' && operator !== '%') return value;
        i += 1;
        const right = unary();
        value = operator === '*' ? value * right : operator === '/' ? value / right : value % right;
      }
    };
    const sum = (): number => {
      let value = product();
      while (tokens[i] === '+' || tokens[i] === '-') {
        const operator = tokens[i];
        i += 1;
        value = operator === '+' ? value + product() : value - product();
      }
      return value;
    };

    const value = sum();
    if (i < tokens.length || Number.isNaN(value)) return null;
    return value;
  } catch (error) {
    if (error instanceof NotArithmetic) return null;
    throw error;
  }
}

/** The pad's results, one a line: `ans` is the last line that had one, "?" where a line is not arithmetic. */
export function evaluatePad(text: string): string {
  let ans = 0;
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === '') return '';
      const value = evaluate(line, ans);
      if (value === null) return '?';
      ans = value;
      return written(value);
    })
    .join('\n');
}

function written(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return value.toExponential(5).replace('e+', 'e');
  const digits = Number.isInteger(value) ? 15 : 8;
  return Number(value.toPrecision(digits)).toLocaleString('en', { maximumFractionDigits: 8 });
}
