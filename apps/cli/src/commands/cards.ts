import { existsSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import {
  commandLineLearner,
  exportCards,
  importCsv,
  importPackage,
  LearnerNotFound,
  openSchool,
  parseConfig,
  type School,
} from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = `usage: edirae cards import FILE [--learner ID] [--deck NAME] [--json]
       edirae cards export DECK FILE [--learner ID] [--json]
FILE ends in .apkg, .colpkg (import only), .csv, .tsv or .txt. DECK is a deck’s name or id, skill:ID, or all.
Without --learner both mean a learner of the command line’s own.`;

const TABLES = ['.csv', '.tsv', '.txt'];

interface Options {
  act: 'import' | 'export';
  deck: string;
  file: string;
  learner: string | undefined;
  json: boolean;
}

/** Flashcards in and out. Exit codes: 0 done, 1 refused with a reason or nothing found, 2 called wrongly. */
export async function runCards(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (typeof options === 'string') return calledWrongly(options);
  return withClearErrors(async () => {
    // An operator’s own machine: the limits are for requests.
    const school = await openSchool({ ...parseConfig(process.env), rateLimit: false });
    try {
      const learner = options.learner ?? (await commandLineLearner(school));
      return options.act === 'import'
        ? await runImport(school, learner, options)
        : await runExport(school, learner, options);
    } catch (error) {
      if (!(error instanceof LearnerNotFound)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 1;
    } finally {
      await school.close();
    }
  });
}

async function runImport(school: School, learner: string, { file, deck, json }: Options): Promise<number> {
  const result = TABLES.includes(extname(file).toLowerCase())
    ? await importCsv(school, learner, { text: readFileSync(file, 'utf8'), deck })
    : await importPackage(school, learner, file);
  if (result.outcome !== 'imported') {
    const why = result.outcome === 'refused' ? result.why : 'Another package is being read.';
    if (json) process.stdout.write(`${JSON.stringify({ refused: why })}\n`);
    process.stderr.write(`Nothing was taken over. ${why}\n`);
    return 1;
  }
  const { notes, cards, media, reviews, decks, skipped, added } = result;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ notes, cards, media, reviews, decks, skipped, added, learner })}\n`,
    );
  else {
    process.stdout.write(
      `${notes} notes, ${cards} cards, ${media} pictures and sounds, ${reviews} reviews in ${decks} decks; new were ${added.notes} notes, ${added.cards} cards and ${added.reviews} reviews. Learner ${learner}.\n`,
    );
    for (const { what, why } of skipped) process.stdout.write(`left out: ${what} ${why}\n`);
  }
  return 0;
}

async function runExport(school: School, learner: string, { deck, file, json }: Options): Promise<number> {
  const form = TABLES.includes(extname(file).toLowerCase()) ? 'csv' : 'apkg';
  const result = await exportCards(school, learner, deck, { file, form });
  if (result.outcome === 'not-found') {
    process.stderr.write(`There is no deck “${deck}” with cards of learner ${learner}.\n`);
    return 1;
  }
  const { outcome: _done, ...counts } = result;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...counts, file })}\n`
      : `${counts.name}: ${counts.notes} notes, ${counts.cards} cards, ${counts.media} pictures and sounds, ${counts.reviews} reviews in ${file}.\n`,
  );
  return 0;
}

function parseOptions(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { learner: { type: 'string' }, deck: { type: 'string' }, json: { type: 'boolean' } },
    });
    const [act, ...names] = positionals;
    const json = values.json ?? false;
    if (act === 'import' && names.length === 1) {
      const [file = ''] = names;
      if (!existsSync(file)) return `There is no ${file}.\n${USAGE}`;
      const deck = values.deck ?? basename(file, extname(file));
      return { act, file, deck, learner: values.learner, json };
    }
    if (act === 'export' && names.length === 2) {
      const [deck = '', file = ''] = names;
      if (!['.apkg', ...TABLES].includes(extname(file).toLowerCase()))
        return `${file} should end in .apkg or .csv.\n${USAGE}`;
      return { act, deck, file, learner: values.learner, json };
    }
    return USAGE;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}
