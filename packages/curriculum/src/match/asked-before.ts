import { readWords } from './words.ts';

/** How like the questions that were asked about each skill before a new one is. */
export interface AskedBefore {
  /**
   * @param stems of the new question, those that say something
   * @returns for each skill 0..1: how much more likely these words are about it than about anything; skills that are no likelier are left out
   */
  rate(stems: readonly string[]): ReadonlyMap<string, number>;
  /** The same, 0..1, for private life: questions that are about nothing taught here. */
  rateEveryday(stems: readonly string[]): number;
}

/** Questions' worth of belief that a skill is asked about in the words of all. Chosen on bench/mentor. */
const SMOOTHING = 20;
/** What likeness to one single question adds. */
const NEAREST = 0.2;

/**
 * A naive Bayes reading of `vocabulary/asked.yaml`: the words of many questions about each skill, as people put them. It counts in how many of a
 * skill's questions a stem stands, and compares that with all questions.
 */
export function learnAskedBefore(
  asked: Readonly<Record<string, readonly string[]>>,
  everyday: readonly string[],
  isTelling: (stem: string) => boolean,
): AskedBefore {
  const total = { questions: 0, of: new Map<string, number>() };
  const learn = (questions: readonly string[]): Learnt => {
    const of = new Map<string, number>();
    const sets: ReadonlySet<string>[] = [];
    for (const question of questions) {
      const stems = new Set(
        readWords(question)
          .map(({ stem }) => stem)
          .filter(isTelling),
      );
      sets.push(stems);
      for (const stem of stems) {
        of.set(stem, (of.get(stem) ?? 0) + 1);
        total.of.set(stem, (total.of.get(stem) ?? 0) + 1);
      }
    }
    total.questions += questions.length;
    return { questions: questions.length, of, sets };
  };
  const skills = Object.entries(asked).map(([skill, questions]) => ({ skill, learnt: learn(questions) }));
  const elsewhere = learn(everyday);

  /** Share of all questions that hold the stem. */
  const shareOf = (stem: string): number => ((total.of.get(stem) ?? 0) + 0.5) / (total.questions + 1);
  const rateOne = ({ questions, of, sets }: Learnt, known: readonly string[]): number => {
    const most = known.reduce((sum, stem) => sum - Math.log(shareOf(stem)), 0);
    const sum = known.reduce((all, stem) => {
      const share = shareOf(stem);
      const here = ((of.get(stem) ?? 0) + SMOOTHING * share) / (questions + SMOOTHING);
      return all + Math.log(here / share);
    }, 0);
    return most === 0 ? 0 : Math.max(0, Math.min(1, sum / most + NEAREST * nearest(sets, known)));
  };
  const weightOf = (stem: string): number => -Math.log(shareOf(stem));
  /** Likeness to the one question that is nearest: cosine, rare words counting for more. */
  const nearest = (sets: readonly ReadonlySet<string>[], known: readonly string[]): number => {
    const own = known.reduce((sum, stem) => sum + weightOf(stem) ** 2, 0);
    let best = 0;
    for (const set of sets) {
      let shared = 0;
      for (const stem of known) if (set.has(stem)) shared += weightOf(stem) ** 2;
      if (shared === 0) continue;
      let other = 0;
      for (const stem of set) other += weightOf(stem) ** 2;
      best = Math.max(best, shared / Math.sqrt(own * other));
    }
    return best;
  };
  const knownOf = (stems: readonly string[]): string[] => stems.filter((stem) => total.of.has(stem));

  return {
    rate(stems) {
      const known = knownOf(stems);
      return new Map(
        skills
          .map(({ skill, learnt }): [string, number] => [skill, rateOne(learnt, known)])
          .filter(([, rated]) => rated > 0),
      );
    },
    rateEveryday: (stems) => rateOne(elsewhere, knownOf(stems)),
  };
}

interface Learnt {
  questions: number;
  /** The telling stems of each. */
  sets: readonly ReadonlySet<string>[];
  /** Stem → how many questions hold it. */
  of: ReadonlyMap<string, number>;
}
