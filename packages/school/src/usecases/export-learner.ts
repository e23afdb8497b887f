import { estimatorsNamed, type LedgerEvent, type RatedVersion } from '@edirae/engine';
import { findUser } from '../auth/users.ts';
import { exportAllCards, type CardExport } from '../cards/export-all.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { GENESIS, type RawEvent } from '../store/chain.ts';
import { listDisputes } from '../store/disputes.ts';
import { listEstimators } from '../store/estimators.ts';
import { listEvents, listEventsOfTypes } from '../store/events.ts';
import { listInterviews, type StoredInterview } from '../store/interviews.ts';
import { exportLabs, type LabsExport } from '../labs/export-labs.ts';
import { listQuizzes } from '../store/quizzes.ts';
import { findLearner, LearnerNotFound, type Learner } from '../store/learners.ts';
import { findMentorChoice } from '../store/mentor-choices.ts';
import { listMentorEvents } from '../store/mentor-events.ts';
import { listAllMessages, listConversations } from '../store/mentor-talks.ts';
import { listReceipts } from '../store/receipts.ts';
import { listLessonNotes, type StoredLessonNote } from '../store/lesson-notes.ts';
import { listResourceMarks, type ResourceMark } from '../store/resource-marks.ts';
import type { Queries } from '../store/transaction.ts';

/** Everything Edirae keeps about one learner, in a form that can be checked without Edirae. */
export interface LearnerExport {
  version: 1;
  exportedAt: number;
  learner: { id: string; createdAt: number; guest: boolean; email: string | null; name: string | null };
  goals: unknown[];
  /** Hashes are SHA-256 over the RFC 8785 form: see docs/api.md. */
  ledger: { events: RawEvent[]; head: { seq: number; hash: string } };
  /** Coefficients of the re-fitted estimators that the ledger names; those that ship are named only. See docs/api.md for what an id says. */
  estimators: { id: string; base: string; version: RatedVersion; adoptedAt: number }[];
  receipts: unknown[];
  disputes: {
    id: string;
    issueId: string;
    family: string;
    variant: string;
    text: string;
    at: number;
    status: string;
  }[];
  /** Conversations with the mentor, and who answers; a key is never exported. */
  mentor: {
    answers: string;
    provider: string | null;
    model: string | null;
    conversations: {
      id: string;
      skill: string | null;
      title: string;
      createdAt: number;
      messages: {
        id: string;
        at: number;
        mode: string;
        question: string;
        answeredBy: string;
        answer: unknown[];
      }[];
    }[];
  };
  /** Answers to interview prompts, with the learner's own scores. */
  interviews: StoredInterview[];
  /** Work on labs: every version kept, what was handed in with its result, and the questions that were answered about it. */
  labs: LabsExport;
  /** Quizzes begun; what was answered in them is in the ledger. */
  quizzes: { id: string; title: string; startedAt: number; endedAt: number | null; issues: string[] }[];
  /** Flashcards with every grade; media are named and come with an `.apkg`. */
  cards: CardExport;
  /** Notes and bookmarks on lessons. */
  notes: StoredLessonNote[];
  /** Resources saved, done, noted or reported. */
  resources: ResourceMark[];
  publicKey: { id: string; algorithm: 'Ed25519'; publicKey: string };
}

/** What an export needs: the database, and the key that its receipts are checked with. */
export interface ExportSource {
  db: Queries;
  clock(): number;
  signingKey: { id: string; publicKey: string };
}

/** Events that are read, and held in memory, at a time. */
const PAGE = 1_000;

/**
 * Everything of one learner, as the text of a {@link LearnerExport} in pieces: a ledger may be larger than memory should hold. @throws LearnerNotFound before the first piece
 */
export async function exportLearner(
  school: ExportSource,
  learnerId: string,
): Promise<AsyncGenerator<string, void>> {
  const learner = await findLearner(school.db, learnerId);
  if (learner === undefined) throw new LearnerNotFound(learnerId);
  return write(school, learner);
}

async function* write(
  { db, signingKey, clock }: ExportSource,
  learner: Learner,
): AsyncGenerator<string, void> {
  const { id } = learner;
  const user = learner.userId === null ? undefined : await findUser(db, learner.userId);
  const goals = await listEventsOfTypes(db, id, ['goal-set', 'track-edited']);
  const before: Pick<LearnerExport, 'version' | 'exportedAt' | 'learner' | 'goals'> = {
    version: 1,
    exportedAt: clock(),
    learner: {
      id,
      createdAt: learner.createdAt,
      guest: user === undefined,
      email: user?.email ?? null,
      name: user?.name || null,
    },
    goals: goals.map(({ at, type, body }) => ({ at, type, ...(body as object) })),
  };
  yield `${JSON.stringify(before).slice(0, -1)},\n"ledger":{"events":[`;
  const named = new Set<string>();
  let head: LearnerExport['ledger']['head'] = { seq: 0, hash: GENESIS };
  for (;;) {
    const events = await listEvents(db, id, head.seq, PAGE);
    const last = events.at(-1);
    if (last === undefined) break;
    for (const estimator of estimatorsNamed(events as unknown as LedgerEvent[])) named.add(estimator);
    yield `${head.seq === 0 ? '' : ','}\n${events.map((event) => JSON.stringify(event)).join(',\n')}`;
    head = { seq: last.seq, hash: last.hash };
  }
  yield `\n],"head":${JSON.stringify(head)}},\n`;
  const after = await restOf(db, id, named);
  yield `${JSON.stringify({ ...after, publicKey: { id: signingKey.id, algorithm: 'Ed25519', publicKey: signingKey.publicKey } }).slice(1)}\n`;
}

/** What comes after the ledger, but the key. @param named estimators that the ledger names */
async function restOf(
  db: Queries,
  learnerId: string,
  named: ReadonlySet<string>,
): Promise<Omit<LearnerExport, 'version' | 'exportedAt' | 'learner' | 'goals' | 'ledger' | 'publicKey'>> {
  const estimators = (await listEstimators(db)).filter(({ id }) => named.has(id));
  const disputes = await listDisputes(db, learnerId);
  return {
    estimators: estimators.map(({ id, base, version, adoptedAt }) => ({ id, base, version, adoptedAt })),
    receipts: (await listReceipts(db, learnerId)).map(({ id, receipt }) => ({ id, ...receipt })),
    disputes: disputes.map(({ id, issueId, family, variant, text, at, status }) => ({
      id,
      issueId,
      family,
      variant,
      text,
      at,
      status,
    })),
    mentor: await exportMentor(db, learnerId),
    interviews: await listInterviews(db, learnerId),
    labs: await exportLabs(db, learnerId),
    quizzes: (await listQuizzes(db, learnerId, ALL)).map(({ id, startedAt, endedAt, plan }) => ({
      id,
      title: plan.title,
      startedAt,
      endedAt,
      issues: plan.questions.flatMap(({ issueId }) => issueId ?? []),
    })),
    cards: await exportAllCards(createCardStore(db, learnerId)),
    notes: await listLessonNotes(db, learnerId),
    resources: await listResourceMarks(db, learnerId),
  };
}

/** Every one there can be: nobody has so many. */
const ALL = 100_000;

async function exportMentor(db: Queries, learnerId: string): Promise<LearnerExport['mentor']> {
  const { answers, provider, model } = await findMentorChoice(db, learnerId);
  const messages = await listAllMessages(db, learnerId);
  const conversations = await listConversations(db, learnerId, { limit: ALL });
  return {
    answers,
    provider,
    model,
    conversations: await Promise.all(
      conversations.map(async ({ id, skill, title, createdAt }) => ({
        id,
        skill,
        title,
        createdAt,
        messages: await Promise.all(
          messages
            .filter((message) => message.conversationId === id)
            .map(async ({ id: messageId, createdAt: at, mode, question, answeredBy }) => ({
              id: messageId,
              at,
              mode,
              question,
              answeredBy,
              answer: (await listMentorEvents(db, learnerId, messageId)).map(({ body }) => body),
            })),
        ),
      })),
    ),
  };
}
