import { compileExpression } from '../expression/compile-expression.ts';
import type { CompiledExpression, Scope } from '../expression/compile-expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { formatFixed, formatNumber } from './format-number.ts';

/** What a template may use: numbers, and words that stand for a formatted text (`answer`, `value`). */
export interface TemplateScope {
  numbers: Scope;
  words: Readonly<Record<string, string>>;
}

/** A text with `{{ }}` places, read once and filled many times. */
export interface Template {
  /** Names its formulas need. */
  names: readonly string[];
  /** Throws ExpressionError where a place has no value. */
  fill(scope: TemplateScope): string;
}

type Part =
  | string
  | { show(scope: TemplateScope): string; math: boolean; name: string | null; names: readonly string[] };

const PLACE = /\{\{([^{}]*)\}\}/g;

/** Reads a template. Throws ExpressionError at a place that is not in the language. */
export function compileTemplate(source: string): Template {
  const parts: Part[] = [];
  let end = 0;
  for (const match of source.matchAll(PLACE)) {
    parts.push(source.slice(end, match.index));
    // Inside $$…$$ a comma needs braces to be a thousands separator and not a list.
    const math = (source.slice(0, match.index).split('$$').length - 1) % 2 === 1;
    parts.push(compilePlace(match[1] ?? '', math));
    end = match.index + match[0].length;
  }
  parts.push(source.slice(end));
  if (parts.some((part) => typeof part === 'string' && part.includes('{{'))) {
    throw new ExpressionError('opens {{ without closing it with }}');
  }
  return {
    names: parts.flatMap((part) => (typeof part === 'string' ? [] : part.names)),
    fill: (scope) =>
      parts
        .map((part) => {
          if (typeof part === 'string') return part;
          const text = part.show(scope);
          return part.math ? toTex(text) : text;
        })
        .join(''),
  };
}

/** True where the text has places to fill. */
export function hasPlaces(source: string): boolean {
  return source.includes('{{');
}

function compilePlace(inside: string, math: boolean): Part {
  const bar = inside.lastIndexOf('|');
  const source = (bar < 0 ? inside : inside.slice(0, bar)).trim();
  const format = bar < 0 ? '' : inside.slice(bar + 1).trim();
  if (source === '') throw new ExpressionError('has an empty place {{ }}');
  if (format !== '' && format !== 'raw' && !/^\d$/.test(format)) {
    throw new ExpressionError(
      `formats with "| ${format}"; use | raw or | and a number of decimals from 0 to 9`,
    );
  }
  const name = /^(answer|value)$/.exec(source)?.[0] ?? null;
  const expression = compileExpression(source);
  return {
    math,
    name,
    names: name === null ? expression.names : [],
    show: (scope) => {
      const word =
        name !== null && format === '' && Object.hasOwn(scope.words, name) ? scope.words[name] : undefined;
      return word ?? show(expression, format, scope.numbers);
    },
  };
}

function show(expression: CompiledExpression, format: string, scope: Scope): string {
  const value = expression.evaluate(scope);
  if (format === 'raw') return String(Number(value.toPrecision(15)));
  return format === '' ? formatNumber(value) : formatFixed(value, Number(format));
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function toTex(text: string): string {
  return text
    .replace(/10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, raised: string) => {
      const digits = [...raised].map((sign) => (sign === '⁻' ? '-' : String(RAISED.indexOf(sign)))).join('');
      return `10^{${digits}}`;
    })
    .replaceAll(',', '{,}')
    .replaceAll('×', '\\times')
    .replaceAll('%', '\\%')
    .replaceAll('$', '\\$');
}
