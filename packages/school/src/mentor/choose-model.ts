import { addressOf, type Fetch, type ModelSettings } from '@edirae/mentor';
import { findSealed } from '../seal.ts';
import type { School } from '../school.ts';
import { findMentorChoice, type MentorChoice } from '../store/mentor-choices.ts';
import { sumTokens } from '../store/mentor-talks.ts';
import type { Queries } from '../store/transaction.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { findOperatorModel } from './operator-model.ts';

/** The model that would answer a learner, and how it is reached. */
export interface ChosenModel {
  settings: ModelSettings;
  whose: 'operator' | 'learner';
  fetch: Fetch;
  onThisMachine: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The learner's own model where they brought a key, else the operator's. What a learner brought is fetched from the public internet
 * only; what the operator named may be anywhere.
 */
export async function findModelFor(
  school: Pick<School, 'config' | 'db' | 'secret'>,
  learnerId: string,
  choice?: MentorChoice,
): Promise<ChosenModel | undefined> {
  const { provider, model, sealedKey } = choice ?? (await findMentorChoice(school.db, learnerId));
  if (provider !== null && model !== null && sealedKey !== null) {
    const apiKey = findSealed(school.secret, 'mentor key', sealedKey);
    if (apiKey !== undefined)
      return {
        settings: { provider, model, baseUrl: null, apiKey },
        whose: 'learner',
        fetch: createGuardedFetch(),
        onThisMachine: false,
      };
  }
  const named = await findOperatorModel(school);
  if (!named) return undefined;
  const { hostname } = new URL(addressOf(named.settings));
  return {
    settings: named.settings,
    whose: 'operator',
    fetch: globalThis.fetch,
    onThisMachine: ['localhost', '127.0.0.1', '[::1]'].includes(hostname),
  };
}

export interface Budget {
  /** Tokens used today, by this learner. */
  used: number;
  most: number;
  costMicros: number;
  /** Nothing is left, of this learner's or of everybody's. */
  spent: boolean;
}

/** What is left today (UTC). A learner's own key is theirs to spend, and still bounded by their own budget. */
export async function readBudget(
  school: Pick<School, 'config'>,
  db: Queries,
  learnerId: string,
  now: number,
): Promise<Budget> {
  const { tokensADay } = school.config.mentor;
  const since = Math.floor(now / DAY_MS) * DAY_MS;
  const own = await sumTokens(db, since, learnerId);
  const all = await sumTokens(db, since);
  return {
    used: own.tokens,
    most: tokensADay.each,
    costMicros: own.costMicros,
    spent: own.tokens >= tokensADay.each || all.tokens >= tokensADay.all,
  };
}

/** The model to ask now: none where the learner prefers the built-in mentor, none is named, or today's budget is spent. */
export async function chosenModelFor(
  school: School,
  learnerId: string,
  wanted?: 'model',
): Promise<ChosenModel | undefined> {
  const choice = await findMentorChoice(school.db, learnerId);
  if (wanted === undefined && choice.answers === 'built-in') return undefined;
  const model = await findModelFor(school, learnerId, choice);
  if (!model) return undefined;
  const { spent } = await readBudget(school, school.db, learnerId, school.clock());
  return spent ? undefined : model;
}
