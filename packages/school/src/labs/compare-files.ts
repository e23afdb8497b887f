import { diffLines } from 'diff';
import type { LabFiles } from '../store/lab-drafts.ts';
import type { FileComparison } from './lab-views.ts';

/** Milliseconds after which two files count as wholly different: the search is quadratic at worst. */
const PATIENCE_MS = 200;

/** What changed from one set of files to another, file by file in alphabetical order; files that are the same are left out. */
export function compareFiles(before: LabFiles, after: LabFiles): FileComparison[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => before[path] !== after[path])
    .map((path) => ({ path, lines: compareTexts(before[path] ?? '', after[path] ?? '') }));
}

type Line = FileComparison['lines'][number];

function compareTexts(before: string, after: string): Line[] {
  const parts = diffLines(before, after, { timeout: PATIENCE_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const at = { before: 0, after: 0 };
  return parts.flatMap(({ value, added, removed }) =>
    linesOf(value).map((text): Line => {
      if (added) return { kind: 'added', before: null, after: ++at.after, text };
      if (removed) return { kind: 'removed', before: ++at.before, after: null, text };
      return { kind: 'same', before: ++at.before, after: ++at.after, text };
    }),
  );
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}
