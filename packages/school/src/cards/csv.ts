import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** One row of a deck as text. */
export interface CsvCard {
  front: string;
  back: string;
  tags: string[];
  /** Empty: the deck that the file is taken into. */
  deck: string;
}

/** A file that is no table of cards, with a reason. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

const MOST_ROWS = 50_000;
const LONGEST = 50_000;
const SEPARATORS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  colon: ':',
  space: ' ',
};

/**
 * Reads a table of cards: front, back, and tags if there is a third column; or columns by the names of a first row. Directives that Anki
 * writes (`#separator:tab`, `#tags column:3`, `#deck column:4`, `#deck:name`) are obeyed. @throws CsvError
 */
export function parseCsv(text: string): CsvCard[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const directives = new Map<string, string>();
  while (lines[0]?.startsWith('#')) {
    const [, name = '', value = ''] = /^#([^:]+):(.*)$/.exec(lines.shift() ?? '') ?? [];
    if (name !== '') directives.set(name.trim().toLowerCase(), value.trim());
  }
  const body = lines.join('\n');
  const delimiter = separatorOf(directives.get('separator'), body);
  const rows = readRows(body, delimiter);
  if (rows.length > MOST_ROWS)
    throw new CsvError(
      `It has ${rows.length.toLocaleString('en')} rows; at most ${MOST_ROWS.toLocaleString('en')} are taken at once.`,
    );
  const named = namedColumns(rows[0]);
  const columns = named ?? {
    front: 0,
    back: 1,
    tags: column(directives.get('tags column')) ?? (directives.size === 0 ? 2 : -1),
    deck: column(directives.get('deck column')) ?? -1,
  };
  const all = named ? rows.slice(1) : rows;
  return all.flatMap((row, n): CsvCard[] => {
    const at = (place: number): string =>
      place < 0 ? '' : showFormula((row[place] ?? '').replaceAll('\0', '').trim());
    const [front, back] = [at(columns.front), at(columns.back)];
    if (front === '' && back === '') return [];
    if (front === '') throw new CsvError(`Row ${n + 1} has no front.`);
    if (front.length + back.length > LONGEST) throw new CsvError(`Row ${n + 1} is too long.`);
    const tags = at(columns.tags)
      .split(/[\s,]+/)
      .filter((tag) => tag !== '');
    return [{ front, back, tags, deck: at(columns.deck) || (directives.get('deck') ?? '') }];
  });
}

function readRows(body: string, delimiter: string): string[][] {
  try {
    return parse(body, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 2 * LONGEST,
    });
  } catch (error) {
    throw new CsvError(
      `It cannot be read as a table: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
}

function separatorOf(named: string | undefined, body: string): string {
  if (named !== undefined && named !== '') return SEPARATORS[named.toLowerCase()] ?? named.slice(0, 1);
  const first = body.slice(0, Math.max(0, body.indexOf('\n')) || body.length);
  return ['\t', ';', ','].find((separator) => first.includes(separator)) ?? ',';
}

function column(value: string | undefined): number | undefined {
  const n = Number(value);
  return Number.isInteger(n) && n > 0 ? n - 1 : undefined;
}

function namedColumns(row: string[] | undefined) {
  const names = (row ?? []).map((name) => name.trim().toLowerCase());
  const front = names.findIndex((name) => ['front', 'question', 'text'].includes(name));
  const back = names.findIndex((name) => ['back', 'answer', 'more'].includes(name));
  if (front < 0 || back < 0) return undefined;
  return { front, back, tags: names.indexOf('tags'), deck: names.indexOf('deck') };
}

/** A cell that a spreadsheet would compute: `=…`, `@…`, or a sign before something that calls or refers. */
const FORMULA = /^(?:[=@]|[+-].*[(|!])/s;

/** With the apostrophe by which spreadsheets know text. One that stands before it already gets a second, so that nothing is lost. */
const hideFormula = (cell: string): string => (FORMULA.test(cell.replace(/^'+/, '')) ? `'${cell}` : cell);

/** Takes the apostrophe of {@link hideFormula} off again. */
const showFormula = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.replace(/^'+/, '')) ? cell.slice(1) : cell;

/** Cards as a table with a first row of names: what {@link parseCsv} reads back as it was, and a spreadsheet shows and does not compute. */
export function writeCsv(cards: readonly CsvCard[]): string {
  return stringify(
    cards.map(({ front, back, tags, deck }) => [front, back, tags.join(' '), deck].map(hideFormula)),
    { header: true, columns: ['front', 'back', 'tags', 'deck'] },
  );
}
