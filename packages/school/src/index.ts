export { ConfigError, parseConfig, type Config } from './config.ts';
export { ContentError, getPublicKey, openSchool, type School, type SchoolParts } from './school.ts';
export { parseReceipt, signReceipt, verifyReceipt, type Receipt, type ReceiptBody } from './receipts.ts';
export {
  actOn,
  readLearner,
  type ChainHead,
  type LearnerReader,
  type LearnerTransaction,
} from './store/act-on.ts';
export { LearnerNotFound } from './store/learners.ts';
export { FolderLockedError } from './store/folder-lock.ts';
export { openDatabase, type Database } from './store/database.ts';
export { SchemaVersionError } from './store/migrate.ts';
export { DatabaseMissingError } from './store/sqlite.ts';
export type { ChainedEvent, RawEvent } from './store/chain.ts';
export type { LearnerStore } from './store/learner-store.ts';
export type { StoredCheck } from './store/checks.ts';
export type { StoredIssue } from './store/issues.ts';
export type { StoredPlacement } from './store/placements.ts';
export type { StoredReceipt } from './store/receipts.ts';
export { startJobRunner, type JobRunner } from './jobs/job-runner.ts';
export { getJobs, type JobsView, type WorkerView } from './usecases/get-jobs.ts';
export { cancelJob, retryJob } from './usecases/retry-job.ts';
export { VERSION } from './version.ts';
export { UNLIMITED, type RateLimited } from './rate-limit.ts';
export { editTrack, type EditTrack } from './usecases/edit-track.ts';
export type { EditPreviewView, GoalPhrase, GoalSegment, GoalView, WaysView } from './goal-views.ts';
export type { TrackEdit } from './goal/edit-body.ts';
export type { GoalInput } from './goal/goal-body.ts';
export { previewEdit, type PreviewEdit } from './usecases/preview-edit.ts';
export { findProposer, proposeGoal, type ProposeGoal } from './usecases/propose-goal.ts';
export type { ProposedTarget } from './goal/proposed-targets.ts';
export { previewGoal, type PreviewGoal } from './usecases/preview-goal.ts';
export { getGoal } from './usecases/get-goal.ts';
export { findVerdict, type FindVerdict } from './usecases/find-verdict.ts';
export { getCheck, type GetCheck } from './usecases/get-check.ts';
export { getForecastHistory } from './usecases/get-forecast-history.ts';
export { getCareer, listCareers } from './usecases/get-career.ts';
export { dropInterview, type DropInterview } from './usecases/drop-interview.ts';
export {
  getInterview,
  listInterviewPrompts,
  type GetInterview,
  type ListInterviewPrompts,
} from './usecases/get-interview.ts';
export {
  finishInterview,
  saveInterview,
  type FinishInterview,
  type InterviewDraft,
  type SaveInterview,
} from './usecases/save-interview.ts';
export { scoreInterview, type ScoreInterview } from './usecases/score-interview.ts';
export type {
  CareerRowView,
  CareerView,
  CertificationView,
  FactView,
  GuideSkillView,
} from './present/career-view.ts';
export type {
  InterviewAnswerView,
  InterviewComparison,
  InterviewPromptView,
  InterviewRunView,
  InterviewView,
} from './present/interview-view.ts';
export { getGateRecord } from './usecases/get-gate-record.ts';
export { getReadiness, type Readiness } from './usecases/get-readiness.ts';
export { getHealth, type Health } from './usecases/get-health.ts';
export { getOperation, type GetOperation } from './usecases/get-operation.ts';
export type { OperationView, PartView, WebProcessView } from './operation-view.ts';
export { getNext } from './usecases/get-next.ts';
export { getProgress } from './usecases/get-progress.ts';
export { getReceipt } from './usecases/get-receipt.ts';
export { getSkill } from './usecases/get-skill.ts';
export { getToday } from './usecases/get-today.ts';
export { getTrack } from './usecases/get-track.ts';
export { leaveCheck } from './usecases/leave-check.ts';
export { openDispute, type OpenDispute } from './usecases/open-dispute.ts';
export { readLedger } from './usecases/read-ledger.ts';
export { rehearseCheck, type RehearsedAnswer, type RehearsedCheck } from './usecases/rehearse-check.ts';
export { setGoal, type SetGoal } from './usecases/set-goal.ts';
export { startCheck, type StartCheck } from './usecases/start-check.ts';
export { startPlacement, type StartPlacement } from './usecases/start-placement.ts';
export { startPractice, type PracticeRequest, type StartPractice } from './usecases/start-practice.ts';
export { startReview, type StartReview } from './usecases/start-review.ts';
export { getPlacementResult, stopPlacement, type EndedPlacement } from './usecases/stop-placement.ts';
export { submitAttempt, type SubmitAttempt, type SubmittedAnswer } from './usecases/submit-attempt.ts';
export { takeHint, type TakeHint } from './usecases/take-hint.ts';
export type {
  AccountView,
  CheckProgressView,
  CheckResultView,
  CheckSummaryView,
  CheckView,
  ConditionView,
  EvidenceView,
  HintLadderView,
  ItemView,
  LedgerView,
  NextView,
  OptionView,
  PlacementResultView,
  PlacementView,
  PlanView,
  PracticeView,
  ProgressView,
  ReviewView,
  RuleView,
  SkillRowView,
  SkillView,
  StateName,
  TodayView,
  TrackView,
  VerdictView,
} from './views.ts';
export type { DelayedReviewView, GateRecordView, ShareView } from './record/gate-record-view.ts';
export { getMap, type MapView } from './usecases/get-map.ts';
export { askMentor, type MentorQuestion, type StartedAnswer } from './usecases/ask-mentor.ts';
export { followAnswer, readAnswer, type FollowAnswer } from './usecases/follow-answer.ts';
export { stopAnswer } from './usecases/stop-answer.ts';
export { deleteTalks, getSent, getTalk, listTalks } from './usecases/mentor-history.ts';
export {
  chooseAnswerer,
  getMentorDesk,
  keepOwnModel,
  LEARNER_PROVIDERS,
  removeOwnModel,
  testOwnModel,
  type KeepOwnModel,
  type LearnerProvider,
  type OwnModel,
} from './usecases/mentor-desk.ts';
export {
  getOperatorModel,
  lookForLocalModels,
  setOperatorModel,
  testOperatorModel,
  type OperatorModelView,
  type SetOperatorModel,
} from './usecases/operator-mentor.ts';
export type {
  ConversationRowView,
  ConversationView,
  MentorDeskView,
  MentorEventView,
  NumberedMentorEvent,
  TurnView,
} from './mentor/views.ts';
export { FAILURE_WORDS, MODES, PROVIDERS, type Mode, type ProviderId } from '@edirae/mentor';
export type { AccountRefusal, Requester } from './auth/accounts.ts';
export { forgetGuestCookie, guestCookie } from './auth/guest-cookie.ts';
export { changePassword, type ChangePassword } from './usecases/change-password.ts';
export { claimAccount, type AccountClaim, type ClaimAccount } from './usecases/claim-account.ts';
export { deleteLearner } from './usecases/delete-learner.ts';
export { findLearnerByToken } from './usecases/find-learner-by-token.ts';
export { findViewer, type Viewer } from './usecases/find-viewer.ts';
export { getAccount } from './usecases/get-account.ts';
export { signIn, type SignIn } from './usecases/sign-in.ts';
export { signOut } from './usecases/sign-out.ts';
export { startGuest, type StartedGuest } from './usecases/start-guest.ts';
export {
  previewIndex,
  previewItem,
  previewSkill,
  type ItemPreview,
  type PreviewIndex,
  type SkillPreview,
} from './usecases/preview-content.ts';
export { openForReading, type ReadableSchool } from './open-for-reading.ts';
export { exportLearner, type LearnerExport } from './usecases/export-learner.ts';
export { retractItem, type ItemToRetract, type RetractedItem } from './usecases/retract-item.ts';
export { adoptRefit, type AdoptRefit } from './usecases/adopt-refit.ts';
export { EstimatorChangedError } from './store/estimators.ts';
export { tryRefit, type TryRefit } from './usecases/try-refit.ts';
export { verifyLedgers, type Verification, type VerifyOptions } from './usecases/verify-ledgers.ts';
export type { LedgerProblem } from './verify/problem.ts';
export { simulateLearning, type LearningSimulation } from './simulate/simulate-learning.ts';
export { simulatePlacement, type PlacementSimulation } from './simulate/simulate-placement.ts';
export { simulateSkill, type SkillSimulation } from './simulate/simulate-skill.ts';
export { simulateTrack, type TrackSimulation } from './simulate/simulate-track.ts';
export { withSimulationSchool } from './simulate/simulation-school.ts';
export type { QuerySeen } from './store/query-seen.ts';
export { startWebPresence } from './telemetry/web-presence.ts';
export { BackupError, type BackupManifest } from './keeping/backup-manifest.ts';
export type { Place } from './keeping/database-source.ts';
export { FillError } from './keeping/fill-database.ts';
export { NotEmptyError } from './store/portable/not-empty-error.ts';
export { InUseError } from './store/portable/fill-target.ts';
export type { AuditEntry } from './store/audit-log.ts';
export { SecretFileError, SecretMissingError } from './secret.ts';
export { isDamaged } from './store/damage.ts';
export { backUp, type BackedUp } from './usecases/back-up.ts';
export type { Diagnosis } from './doctor/diagnosis.ts';
export { checkUp } from './usecases/check-up.ts';
export { eraseByOperator } from './usecases/erase-by-operator.ts';
export { listAuditLog } from './usecases/list-audit-log.ts';
export { moveSchool, SourceChangedError, type MovedSchool } from './usecases/move-school.ts';
export { commandLine } from './usecases/record-act.ts';
export { restoreSchool, type RestoredSchool } from './usecases/restore-school.ts';
export { searchBody, searchLibrary, type SearchHitView, type SearchView } from './usecases/search-library.ts';
export { SEARCH_KINDS, type Marked, type SearchKind } from '@edirae/curriculum';
export type { LabLinkView } from './views.ts';
export { listLabs } from './usecases/list-labs.ts';
export { getLab } from './usecases/get-lab.ts';
export {
  getLabDraft,
  listLabDrafts,
  restoreLabDraft,
  saveLabDraft,
  type LabDraft,
  type SaveLabDraft,
} from './usecases/save-lab-draft.ts';
export {
  cancelSubmission,
  getSubmission,
  submitLab,
  type HandedIn,
  type SubmitLab,
} from './usecases/submit-lab.ts';
export { compareSubmissions, type CompareSubmissions } from './usecases/compare-submissions.ts';
export { showLabSolution, type ShowLabSolution } from './usecases/show-lab-solution.ts';
export { takeLabHint, type TakeLabHint } from './usecases/take-lab-hint.ts';
export {
  answerExplainBack,
  getExplainBack,
  leaveExplainBack,
  startExplainBack,
  type AnswerExplainBack,
  type StartExplainBack,
} from './usecases/explain-back.ts';
export type {
  ExplainBackView,
  ExplainQuestionView,
  FileComparison,
  LabDraftRowView,
  LabDraftView,
  LabEvidenceView,
  LabHintView,
  LabListView,
  LabRowView,
  LabState,
  LabTestView,
  LabView,
  LearnerResult,
  SubmissionRowView,
  SubmissionState,
  SubmissionView,
} from './labs/lab-views.ts';
export type { LabFiles, LabLanguage } from './store/lab-drafts.ts';
export type { TokenMay } from './store/schema.ts';
export { listTokens, makeToken, revokeOwnToken, type MakeToken, type TokenView } from './usecases/tokens.ts';
export { endQuiz, getQuiz, type GetQuiz } from './usecases/get-quiz.ts';
export { listQuizzes } from './usecases/list-quizzes.ts';
export { startQuiz, type StartQuiz } from './usecases/start-quiz.ts';
export { QUIZ_LENGTHS, quizScopeSchema, type QuizScope } from './quiz/quiz-plan.ts';
export type {
  CertificationChoiceView,
  PastQuizView,
  QuizChoicesView,
  QuizChoiceView,
  QuizResultView,
  QuizView,
} from './quiz/quiz-views.ts';
export type { CardView, GetReview, ReviewPack, ReviewProgress } from './cards/views.ts';
export type { RecallWeek } from './cards/recall-by-week.ts';
export type { CurveStep } from './cards/curve.ts';
export type { ReviewSettings } from './store/cards/review-settings.ts';
export { getReview } from './usecases/get-review.ts';
export { getReviewPack } from './usecases/get-review-pack.ts';
export { getReviewSummary, type ReviewSummary } from './usecases/get-review-summary.ts';
export { gradeCards, type GradedCards, type SentGrade } from './usecases/grade-cards.ts';
export { DAY_LIMITS, getReviewSettings, setReviewSettings } from './usecases/review-settings.ts';
export { setCardsAside, type Aside } from './usecases/set-cards-aside.ts';
export type { Imported } from './cards/import-collection.ts';
export { exportCards, type ExportCards } from './usecases/export-cards.ts';
export { importCsv, type ImportCsv } from './usecases/import-csv.ts';
export { importPackage, type ImportPackage } from './usecases/import-package.ts';
export { findMedia } from './usecases/get-media.ts';
export { commandLineLearner } from './usecases/command-line-learner.ts';
export { browseCards, type CardList, type CardQuestion } from './usecases/browse-cards.ts';
export { dropDeck, makeDeck, renameDeck, studyDeck } from './usecases/change-deck.ts';
export { dropNote, editCards, type CardEdit } from './usecases/edit-cards.ts';
export { getCardLibrary, type CardLibrary, type DeckRow } from './usecases/get-card-library.ts';
export {
  addNote,
  changeNote,
  findNote,
  previewNote,
  type NoteView,
  type WriteNote,
  type WrittenNote,
} from './usecases/write-note.ts';
export { dropLessonNote, type DropLessonNote } from './usecases/drop-lesson-note.ts';
export { keepLessonNote, type KeepLessonNote, type LessonNoteInput } from './usecases/keep-lesson-note.ts';
export { listLessonNotes, type NotesAsked } from './usecases/list-lesson-notes.ts';
export type { LessonNoteView } from './library/lesson-note-view.ts';
export {
  listResources,
  resourcesAsked,
  type ResourcesAsked,
  type ResourcesView,
} from './usecases/list-resources.ts';
export {
  markResource,
  reportDeadLink,
  type MarkResource,
  type ResourceChange,
} from './usecases/mark-resource.ts';
export type { ResourceLevel, ResourceView } from './library/resource-view.ts';
export { getLibrary, libraryAsked, type LibraryAsked, type LibraryView } from './usecases/get-library.ts';
export { LIBRARY_KINDS, type LibraryEntry, type LibraryKind } from './library/library-entry.ts';
export { getStudyNumbers } from './usecases/get-study-numbers.ts';
export type { RetentionBin, StudyDay, StudyNumbers } from './record/study-numbers.ts';
