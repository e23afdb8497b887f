import { FAILURE_WORDS, testConnection, type ModelSettings, type ProviderId } from '@edirae/mentor';
import { findModelFor, readBudget } from '../mentor/choose-model.ts';
import { createGuardedFetch } from '../mentor/guarded-fetch.ts';
import type { MentorDeskView } from '../mentor/views.ts';
import { readSettled } from '../present/read-settled.ts';
import type { RateLimited } from '../rate-limit.ts';
import { seal } from '../seal.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';

/** Providers that a learner may bring a key for; their addresses are fixed. */
export const LEARNER_PROVIDERS = ['openai', 'anthropic', 'google'] as const satisfies readonly ProviderId[];
export type LearnerProvider = (typeof LEARNER_PROVIDERS)[number];

/** Who answers a learner now, and what is left of today. Keys are never part of it. */
export async function getMentorDesk(school: School, learnerId: string): Promise<MentorDeskView> {
  const { state, store, now } = await readSettled(school, learnerId);
  const choice = await store.findMentorChoice();
  const model = await findModelFor(school, learnerId, choice);
  const budget = model && (await readBudget(school, school.db, learnerId, now));
  return {
    answers: model ? choice.answers : 'built-in',
    model: model
      ? {
          name: model.settings.model,
          provider: model.settings.provider,
          whose: model.whose,
          onThisMachine: model.onThisMachine,
        }
      : null,
    budget: budget ? { used: budget.used, most: budget.most, costMicros: budget.costMicros } : null,
    openItems: Object.values(state.openIssues).filter(({ aid }) => aid !== 'mentor').length,
    own:
      choice.provider !== null && choice.model !== null
        ? {
            provider: choice.provider,
            model: choice.model,
            hasKey: choice.sealedKey !== null,
            testedAt: choice.testedAt,
            failure: choice.testFailure,
            failureWords: choice.testFailure && FAILURE_WORDS[choice.testFailure],
          }
        : null,
  };
}

export async function chooseAnswerer(
  school: School,
  learnerId: string,
  answers: 'built-in' | 'model',
): Promise<void> {
  await actOn(school, learnerId, async (tx) => {
    await tx.store.setMentorChoice({ ...(await tx.store.findMentorChoice()), answers }, tx.now);
  });
}

export interface OwnModel {
  provider: LearnerProvider;
  model: string;
  /** Empty: the key that is kept stays. */
  key: string;
}

export type KeepOwnModel =
  { outcome: 'kept'; failure: keyof typeof FAILURE_WORDS | null } | { outcome: 'no-key' } | RateLimited;

/** Keeps a learner's own key, sealed, and tests it. A key that fails the test is kept all the same: the failure says what to do. */
export async function keepOwnModel(school: School, learnerId: string, own: OwnModel): Promise<KeepOwnModel> {
  const limited = await school.limiter.take('mentor', learnerId, school.clock());
  if (limited) return limited;
  const kept = await actOn(school, learnerId, async (tx) => {
    const before = await tx.store.findMentorChoice();
    const same = before.provider === own.provider && before.sealedKey !== null;
    if (own.key === '' && !same) return false;
    const sealedKey = own.key === '' ? before.sealedKey : seal(school.secret, 'mentor key', own.key);
    await tx.store.setMentorChoice(
      {
        answers: 'model',
        provider: own.provider,
        model: own.model,
        sealedKey,
        testedAt: null,
        testFailure: null,
      },
      tx.now,
    );
    return true;
  });
  if (!kept) return { outcome: 'no-key' };
  return testOwnModel(school, learnerId);
}

/** Asks the learner's own model for one word, and remembers what came of it. */
export async function testOwnModel(school: School, learnerId: string): Promise<KeepOwnModel> {
  const model = await findModelFor(school, learnerId);
  if (model?.whose !== 'learner') return { outcome: 'no-key' };
  const { outcome, ...rest } = await tryModel(model.settings);
  const failure = outcome === 'failed' && 'failure' in rest ? rest.failure : null;
  await actOn(school, learnerId, async (tx) => {
    await tx.store.setMentorChoice(
      { ...(await tx.store.findMentorChoice()), testedAt: tx.now, testFailure: failure },
      tx.now,
    );
  });
  return { outcome: 'kept', failure };
}

function tryModel(settings: ModelSettings): ReturnType<typeof testConnection> {
  return testConnection(settings, createGuardedFetch());
}

/** Forgets the learner's own key and model. */
export async function removeOwnModel(school: School, learnerId: string): Promise<void> {
  await actOn(school, learnerId, async (tx) => {
    const { answers } = await tx.store.findMentorChoice();
    await tx.store.setMentorChoice(
      { answers, provider: null, model: null, sealedKey: null, testedAt: null, testFailure: null },
      tx.now,
    );
  });
}
