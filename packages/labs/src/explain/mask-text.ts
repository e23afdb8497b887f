import type { SourceLanguage } from '../sandbox/sandbox.ts';

/** What text and comments begin and end with. The longer comes first. */
const PYTHON: readonly (readonly [string, string])[] = [
  ['"""', '"""'],
  ["'''", "'''"],
  ['"', '"'],
  ["'", "'"],
  ['#', '\n'],
];
const SCRIPT: readonly (readonly [string, string])[] = [
  ['/*', '*/'],
  ['//', '\n'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
];

/** A slash after one of these begins a regular expression. */
const BEFORE_PATTERN = /[(,=:[!&|?{};\n]\s*$/;

/** The source with strings, comments and regular expressions blanked, line for line and column for column. */
export function maskText(source: string, language: SourceLanguage): string {
  const pairs = language === 'py' ? PYTHON : SCRIPT;
  let masked = '';
  let at = 0;
  while (at < source.length) {
    const pair =
      pairs.find(([open]) => source.startsWith(open, at)) ?? patternAt(source, at, masked, language);
    if (pair === undefined) {
      masked += source[at];
      at += 1;
      continue;
    }
    const end = endOf(source, at + pair[0].length, pair[1]);
    masked += source.slice(at, end).replaceAll(/[^\n]/g, '\u00b7');
    at = end;
  }
  return masked;
}

function patternAt(
  source: string,
  at: number,
  before: string,
  language: SourceLanguage,
): readonly [string, string] | undefined {
  if (language === 'py' || source[at] !== '/') return undefined;
  return BEFORE_PATTERN.test(before.slice(-40)) ? ['/', '/'] : undefined;
}

/** The place after the closing mark. What is not closed goes on to the end; a string in one line, to the end of the line. */
function endOf(source: string, from: number, close: string): number {
  for (let at = from; at < source.length; at++) {
    if (close !== '\n' && source[at] === '\\') at += 1;
    else if (source.startsWith(close, at)) return close === '\n' ? at : at + close.length;
    else if (source[at] === '\n' && close.length === 1 && close !== '`') return at;
  }
  return source.length;
}
