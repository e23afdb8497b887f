import type { Program, SourceLanguage } from '../sandbox/sandbox.ts';
import { maskText } from './mask-text.ts';

/** One small change to one line of a submission. */
export interface Mutation {
  file: string;
  /** From 1. */
  line: number;
  before: string;
  after: string;
  /** The whole file with the change. */
  source: string;
}

/** What is looked for in code outside strings and comments, and what it becomes. Spaces keep generics and annotations out. */
const CHANGES: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/ <= /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ < /g, () => ' <= '],
  [/ > /g, () => ' >= '],
  [/ === /g, () => ' !== '],
  [/ !== /g, () => ' === '],
  [/ == /g, () => ' != '],
  [/ != /g, () => ' == '],
  [/ \+ /g, () => ' - '],
  [/ - /g, () => ' + '],
  [/ \* /g, () => ' + '],
  [/ \+= /g, () => ' -= '],
  [/ -= /g, () => ' += '],
  [/ and /g, () => ' or '],
  [/ or /g, () => ' and '],
  [/ && /g, () => ' || '],
  [/ \|\| /g, () => ' && '],
  [/\bnot (?!in\b)/g, () => ''],
  [/\bTrue\b/g, () => 'False'],
  [/\bFalse\b/g, () => 'True'],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [/\bmin\(/g, () => 'max('],
  [/\bmax\(/g, () => 'min('],
  [/(?<![\w.])\d+(?![\w.])/g, (found) => String(Number(found) + 1)],
];

/** Lines that declare rather than do. */
const DECLARES: Readonly<Record<SourceLanguage, RegExp>> = {
  py: /^\s*(import|from|class|def|async def|@)\b|^\s*@/,
  ts: /^\s*(import|export (type|interface|abstract|class|function|async|default)|interface|type|class|function|async function|private|readonly|declare)\b/,
  js: /^\s*(import|export (class|function|async|default)|class|function|async function)\b/,
};

/** Every small change to the code of a submission, in its order. Whether one changes what the code does only running it tells. */
export function listMutations(program: Program): Mutation[] {
  return Object.entries(program.files)
    .filter(([file]) => isSource(file, program.language))
    .flatMap(([file, source]) => mutationsOf(file, source, program.language));
}

function isSource(file: string, language: SourceLanguage): boolean {
  return language === 'py' ? file.endsWith('.py') : /\.m?[jt]s$/.test(file);
}

function mutationsOf(file: string, source: string, language: SourceLanguage): Mutation[] {
  const lines = source.split('\n');
  const masked = maskText(source, language).split('\n');
  return lines.flatMap((before, index) => {
    const code = masked[index] ?? '';
    if (DECLARES[language].test(code) || before.length > 160) return [];
    return CHANGES.flatMap(([pattern, change]) =>
      [...code.matchAll(pattern)].map((match): Mutation => {
        const end = match.index + match[0].length;
        const after = before.slice(0, match.index) + change(match[0]) + before.slice(end);
        return { file, line: index + 1, before, after, source: lines.with(index, after).join('\n') };
      }),
    );
  });
}
