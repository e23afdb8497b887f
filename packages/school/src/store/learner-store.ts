import * as checks from './checks.ts';
import * as disputes from './disputes.ts';
import { findAdoptedEstimator } from './estimators.ts';
import { listEvents, listEventsAt, listEventsOfTypes } from './events.ts';
import * as interviews from './interviews.ts';
import * as quizzes from './quizzes.ts';
import * as lessonNotes from './lesson-notes.ts';
import * as marks from './resource-marks.ts';
import * as issues from './issues.ts';
import { createLabStore } from './lab-store.ts';
import { findMentorChoice, setMentorChoice } from './mentor-choices.ts';
import { insertMentorEvents, listMentorEvents } from './mentor-events.ts';
import * as talks from './mentor-talks.ts';
import { setLearnerUser } from './learners.ts';
import { moveRows } from './move-rows.ts';
import * as placements from './placements.ts';
import * as receipts from './receipts.ts';
import { listRetractions } from './retractions.ts';
import { createToken, type NewToken } from './tokens.ts';
import type { Queries } from './transaction.ts';

/** One learner's rows: whatever is asked through it, another learner's cannot come back. */
export type LearnerStore = ReturnType<typeof createLearnerStore>;

/** Binds the store's functions to a learner and to a database or transaction. */
export function createLearnerStore(db: Queries, learnerId: string) {
  return {
    insertIssue: (issue: Parameters<typeof issues.insertIssue>[2]) =>
      issues.insertIssue(db, learnerId, issue),
    findIssue: (issueId: string) => issues.findIssue(db, learnerId, issueId),
    /** True for the first answer only. */
    answerIssue: (answer: Parameters<typeof issues.answerIssue>[2]) =>
      issues.answerIssue(db, learnerId, answer),
    voidIssue: (issueId: string) => issues.voidIssue(db, learnerId, issueId),
    listIssuesOfSession: (sessionId: string) => issues.listIssuesOfSession(db, learnerId, sessionId),
    listOpenIssues: () => issues.listOpenIssues(db, learnerId),

    insertCheck: (check: { id: string; skill: string; startedAt: number }) =>
      checks.insertCheck(db, learnerId, check),
    endCheck: (end: Parameters<typeof checks.endCheck>[2]) => checks.endCheck(db, learnerId, end),
    findCheck: (checkId: string) => checks.findCheck(db, learnerId, checkId),
    listEndedChecks: (skill: string, limit: number) => checks.listEndedChecks(db, learnerId, skill, limit),

    insertPlacement: (placement: { id: string; startedAt: number }) =>
      placements.insertPlacement(db, learnerId, placement),
    endPlacement: (end: Parameters<typeof placements.endPlacement>[2]) =>
      placements.endPlacement(db, learnerId, end),
    findPlacement: (placementId: string) => placements.findPlacement(db, learnerId, placementId),
    listPlacements: () => placements.listPlacements(db, learnerId),

    insertReceipt: (stored: Parameters<typeof receipts.insertReceipt>[2]) =>
      receipts.insertReceipt(db, learnerId, stored),
    findReceipt: (receiptId: string) => receipts.findReceipt(db, learnerId, receiptId),
    listReceipts: () => receipts.listReceipts(db, learnerId),

    insertDispute: (dispute: {
      id: string;
      issueId: string;
      family: string;
      variant: string;
      text: string;
      at: number;
    }) => disputes.insertDispute(db, learnerId, dispute),
    listDisputes: () => disputes.listDisputes(db, learnerId),

    insertConversation: (conversation: Parameters<typeof talks.insertConversation>[2]) =>
      talks.insertConversation(db, learnerId, conversation),
    findConversation: (id: string) => talks.findConversation(db, learnerId, id),
    listConversations: (filter: { skill?: string | undefined; limit: number }) =>
      talks.listConversations(db, learnerId, filter),
    touchConversation: (id: string, change: Parameters<typeof talks.touchConversation>[3]) =>
      talks.touchConversation(db, learnerId, id, change),
    deleteConversations: (ids: readonly string[]) => talks.deleteConversations(db, learnerId, ids),
    insertMessage: (message: Parameters<typeof talks.insertMessage>[2]) =>
      talks.insertMessage(db, learnerId, message),
    endMessage: (end: Parameters<typeof talks.endMessage>[2]) => talks.endMessage(db, learnerId, end),
    findMessage: (id: string) => talks.findMessage(db, learnerId, id),
    listMessages: (conversationId: string) => talks.listMessages(db, learnerId, conversationId),
    insertMentorEvents: (messageId: string, events: Parameters<typeof insertMentorEvents>[3]) =>
      insertMentorEvents(db, learnerId, messageId, events),
    listMentorEvents: (messageId: string, after?: number) =>
      listMentorEvents(db, learnerId, messageId, after),
    findMentorChoice: () => findMentorChoice(db, learnerId),
    setMentorChoice: (choice: Parameters<typeof setMentorChoice>[2], at: number) =>
      setMentorChoice(db, learnerId, choice, at),

    putInterview: (interview: interviews.StoredInterview) =>
      interviews.putInterview(db, learnerId, interview),
    /** The latest begun first. */
    listInterviews: (prompt?: string) => interviews.listInterviews(db, learnerId, prompt),
    deleteInterview: (interviewId: string) => interviews.deleteInterview(db, learnerId, interviewId),

    labs: createLabStore(db, learnerId),
    insertQuiz: (quiz: quizzes.StoredQuiz) => quizzes.insertQuiz(db, learnerId, quiz),
    updateQuiz: (quiz: quizzes.StoredQuiz) => quizzes.updateQuiz(db, learnerId, quiz),
    findQuiz: (id: string) => quizzes.findQuiz(db, learnerId, id),
    /** The latest first. */
    listQuizzes: (limit: number) => quizzes.listQuizzes(db, learnerId, limit),

    notes: {
      put: (note: lessonNotes.StoredLessonNote) => lessonNotes.putLessonNote(db, learnerId, note),
      find: (id: string) => lessonNotes.findLessonNote(db, learnerId, id),
      /** The latest changed first. */
      list: (skill?: string) => lessonNotes.listLessonNotes(db, learnerId, skill),
      count: () => lessonNotes.countLessonNotes(db, learnerId),
      delete: (id: string) => lessonNotes.deleteLessonNote(db, learnerId, id),
    },
    putResourceMark: (mark: marks.ResourceMark) => marks.putResourceMark(db, learnerId, mark),
    listResourceMarks: () => marks.listResourceMarks(db, learnerId),

    listRetractions: () => listRetractions(db),
    findAdoptedEstimator: () => findAdoptedEstimator(db),
    listEvents: (after?: number, limit?: number) => listEvents(db, learnerId, after, limit),
    listEventsOfTypes: (types: Parameters<typeof listEventsOfTypes>[2]) =>
      listEventsOfTypes(db, learnerId, types),
    listEventsAt: (seqs: readonly number[]) => listEventsAt(db, learnerId, seqs),
    setUser: (userId: string | null) => setLearnerUser(db, learnerId, userId),
    /** Gives everything but the chain to another learner and closes the chain. */
    moveTo: (other: string) => moveRows(db, learnerId, other),
    createToken: (token: NewToken) => createToken(db, learnerId, token),
  };
}
