export { loadLab, LabError } from './load/load-lab.ts';
export type { Lab } from './load/lab.ts';
export { readSubmission } from './load/read-submission.ts';
export { languageOf, MAX_BYTES, MAX_FILES, toSubmission } from './load/to-submission.ts';
export type { Submission } from './load/to-submission.ts';
export { gradeSubmission, listTests } from './grade/grade-submission.ts';
export type { Graded } from './grade/grade-submission.ts';
export type { Result, Status } from './contract/result.ts';
export { languageSchema } from './contract/lab.ts';
export type { Language, RubricLine } from './contract/lab.ts';
export {
  findSandboxes,
  findSandbox,
  findStrongest,
  listUsableSandboxes,
} from './sandbox/available-sandboxes.ts';
export { trySandboxes, type TriedSandbox } from './sandbox/try-sandboxes.ts';
export type { Sandbox, SandboxName, SourceLanguage } from './sandbox/sandbox.ts';
export { checkLab } from './gate/check-lab.ts';
export { openGateCache } from './gate/gate-cache.ts';
export { toBrowserLab } from './browser/browser-lab.ts';
export type { BrowserLab } from './browser/browser-lab.ts';
export { FairQueue } from './queue/fair-queue.ts';
export type { Outcome, QueueLimits, Refusal, Ticket } from './queue/fair-queue.ts';
export { scaffoldLab } from './scaffold-lab.ts';
export { writeTest } from './present/write-test.ts';
export type { WrittenTest } from './present/write-test.ts';
export { judgeExplanation } from './explain/judge-explanation.ts';
export type { ExplainQuestion } from './explain/question.ts';
export { openGrader } from './thread/open-grader.ts';
export type { Grader } from './thread/open-grader.ts';
export type { HandedIn, SandboxOnOffer } from './thread/messages.ts';
