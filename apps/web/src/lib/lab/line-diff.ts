import { diffLines } from 'diff';

/** A line of two texts set against each other, or a stretch that both share and that is left out. */
export type DiffRow =
  | { kind: 'same' | 'added' | 'removed'; text: string; before: number | null; after: number | null }
  | { kind: 'skipped'; lines: number };

/** Lines of agreement that are shown around each difference. */
const AROUND = 3;

/** Two texts line by line: what is only in `before` is removed, what is only in `after` added. Empty where they agree. */
export function diffTexts(before: string, after: string): DiffRow[] {
  const rows: Exclude<DiffRow, { kind: 'skipped' }>[] = [];
  let [left, right] = [0, 0];
  for (const part of diffLines(endLine(before), endLine(after))) {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
    for (const text of part.value.split('\n').slice(0, -1))
      rows.push({
        kind,
        text,
        before: kind === 'added' ? null : ++left,
        after: kind === 'removed' ? null : ++right,
      });
  }
  return foldRows(rows);
}

/** Leaves out what both texts share, but for a few lines around each difference; empty where there is none. */
export function foldRows(rows: readonly Exclude<DiffRow, { kind: 'skipped' }>[]): DiffRow[] {
  const near = rows.map((_, at) =>
    rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DiffRow[] = [];
  for (const [at, row] of rows.entries()) {
    const last = shown.at(-1);
    if (near[at]) shown.push(row);
    else if (last?.kind === 'skipped') last.lines += 1;
    else shown.push({ kind: 'skipped', lines: 1 });
  }
  return near.includes(true) ? shown : [];
}

/** A last line without its end is no difference. */
function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

export interface FileDiff {
  path: string;
  change: 'added' | 'removed' | 'changed';
  rows: DiffRow[];
}

type Files = Readonly<Record<string, string>>;

/** What differs between two sets of files, by path. */
export function diffFiles(before: Files, after: Files): FileDiff[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const rows = diffTexts(before[path] ?? '', after[path] ?? '');
    const change = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'changed';
    return rows.length > 0 || change !== 'changed' ? [{ path, change, rows } satisfies FileDiff] : [];
  });
}
