import MiniSearch from 'minisearch';
import type { Curriculum } from '../curriculum.ts';
import { readWords } from './words.ts';

/** A skill that shares words with a text. */
export interface TextHit {
  skill: string;
  /** BM25 over title, aliases, criterion, misconceptions, module and lesson; comparable within one search only. */
  score: number;
  /** Stems that it shares with the text. */
  stems: string[];
}

export interface TextIndex {
  search(stems: readonly string[]): TextHit[];
  /** Every word of the content, folded. */
  corpus: ReadonlySet<string>;
}

interface Entry {
  id: string;
  title: string;
  aliases: string;
  criterion: string;
  beliefs: string;
  module: string;
  lesson: string;
}

/** Where a word stands says what it is worth: in a title it names the skill, in a lesson it may be an example. */
const BOOST = { title: 5, aliases: 4, criterion: 2, module: 1.5, beliefs: 1, lesson: 0.4 } as const;

/** Plain retrieval over all that is written about each skill. */
export function createTextIndex(curriculum: Curriculum): TextIndex {
  const titles = new Map(curriculum.modules.map((module) => [module.id, module.title]));
  const corpus = new Set<string>();
  const index = new MiniSearch<Entry>({
    fields: Object.keys(BOOST),
    tokenize: (text) =>
      readWords(text).map((word) => {
        corpus.add(word.folded);
        return word.stem;
      }),
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, tokenize: (text) => text.split(' ') },
  });
  index.addAll(
    [...curriculum.skills.values()].map((skill) => ({
      id: skill.id,
      title: skill.title,
      aliases: skill.aliases.join(' . '),
      criterion: skill.criterion,
      beliefs: skill.misconceptions.map(({ belief, correction }) => `${belief}. ${correction}`).join('. '),
      module: titles.get(skill.module) ?? '',
      lesson: skill.lesson?.markdown ?? '',
    })),
  );
  return {
    corpus,
    search: (stems) =>
      stems.length === 0
        ? []
        : index
            .search(stems.join(' '))
            .map((hit) => ({ skill: String(hit.id), score: hit.score, stems: hit.queryTerms })),
  };
}
