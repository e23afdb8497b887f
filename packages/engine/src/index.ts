/** What Edirae believes about a learner, and decides: pure functions over an append-only ledger. Time and chance are arguments. */
export type {
  Aid,
  Belief,
  Confidence,
  EventBodies,
  EventType,
  EvidenceKind,
  IssueFacts,
  ItemKind,
  LabLine,
  LedgerEvent,
  Level,
  NewEvent,
  Outcome,
  Pins,
  Place,
  ReviewCredit,
} from './events.ts';
export {
  ancestorsOf,
  createGraph,
  dependentsOf,
  getSkill,
  levelDifficulty,
  requiredClosure,
  skillDifficulty,
  skillKinds,
} from './graph.ts';
export type { FamilyNode, SkillGraph, SkillNode } from './graph.ts';
export { emptyRecord, emptyState, RECENT_KEPT, STATE_VERSION } from './state.ts';
export type {
  CheckAnswer,
  CheckState,
  ExplainState,
  GoalState,
  LabRecord,
  LearnerState,
  NotYet,
  OpenIssue,
  PlacementAnswer,
  PlacementState,
  RecentAnswer,
  ReviewRecord,
  SkillRecord,
  StateName,
} from './state.ts';
export { foldEvent, foldEvents, foldNew, replay } from './fold.ts';
export { hasEvidence, hasPassed, isOpen, isSatisfied, missingRequirements, stateOf } from './standing.ts';
export {
  createCard,
  isRefreshDue,
  PLACED_REVIEW_DAYS,
  predictedRecall,
  rateCard,
  RECALL_TARGET,
  recallOf,
} from './review.ts';
export type { ReviewCard, ReviewGrade } from './review.ts';
export {
  beliefAt,
  beliefOf,
  CURRENT_ESTIMATOR,
  ESTIMATORS,
  getEstimator,
  holdEstimator,
  holdsEstimator,
} from './estimator.ts';
export type { Estimator, Observation, Query } from './estimator.ts';
export type { RatedVersion } from './mixer/rated.ts';
export { adoptEstimator, estimatorsNamed } from './adopt-estimator.ts';
export {
  APPLIED_SHARE,
  CHECK_ANSWERS,
  CHECK_MISSES,
  EXPLAIN_AGAIN_AFTER,
  EXPLAIN_QUESTIONS,
  EXPLAIN_RIGHT,
  FRESH_AFTER,
  MEND_ANSWERS,
  PASS_FAMILIES,
  PASS_KINDS,
  PASS_LEVEL,
  PASS_LONG_STREAK,
  PASS_P,
  PASS_STREAK,
  PLACE_P,
  PLACEMENT_ITEMS,
  RETAIN_FIRST_AFTER,
  RETAIN_SECOND_AFTER,
  RULE_VERSION,
  SESSION_CLOSES_AFTER,
  STOP_AFTER,
  STOP_FOR,
} from './rule-numbers.ts';
export { canStillPass } from './can-pass.ts';
export { canPass, judgeCheck } from './rule.ts';
export type { CheckVerdict, Condition } from './rule.ts';
export { checkGate, owedPractice } from './gate.ts';
export type { Gate } from './gate.ts';
export { PRACTICE_P, rankFamilies } from './select.ts';
export type { Choice } from './select.ts';
export { choosePlacementSkill, PLACEMENT_STOPS_AFTER } from './choose-placement.ts';
export { reviewCredits } from './review-credit.ts';
export { chooseReviewSkill, listDueReviews } from './choose-review.ts';
export { nextStep } from './next-step.ts';
export type { NextStep } from './next-step.ts';
export { openingsAfter } from './openings.ts';
export type { Ctx } from './openings.ts';
export { observationOf } from './fold-attempt.ts';
export { decideAttempt, isFresh, issueItem } from './decide-attempt.ts';
export type { AttemptInput, IssueInput } from './decide-attempt.ts';
export { endCheck, findCheckVerdict, startCheck, weakestPrerequisite } from './decide-check.ts';
export type { Practisable } from './decide-check.ts';
export { dueClosures, endPlacement, placeable, startPlacement } from './decide-placement.ts';
export { aidLab, endExplaining, explainGate, gradeLab, shareOf, startExplaining } from './decide-lab.ts';
export type { ExplainGate, GradedLab } from './decide-lab.ts';
export { retractItem } from './decide-retraction.ts';
export type { RetractedIssue } from './decide-retraction.ts';
export { createPastForecasts, forecastHistory, pastMoments, withForecastNow } from './forecast-history.ts';
export type { PastForecast, PastForecasts } from './forecast-history.ts';
export { OBSERVATIONS, planTrack } from './plan.ts';
export type { PlanInput, TrackPlan } from './plan.ts';
export { auditDecisions } from './verify.ts';
export type { AuditProblem } from './verify.ts';
export { createRandom, seededRank } from './random.ts';
export { compileTrack } from './track/compile-track.ts';
export type { CompiledTrack, TrackRequest } from './track/compile-track.ts';
export { chooseLabs } from './track/choose-labs.ts';
export type { LabNode } from './track/choose-labs.ts';
export { restEnds } from './track/rest.ts';
export { waysOut } from './track/ways-out.ts';
export type { WaysOut } from './track/ways-out.ts';
export { whyChains } from './track/why-chain.ts';
export {
  adoptCard,
  ASK_AGAIN_AFTER,
  foldGrades,
  gradeCard,
  isLeech,
  LEECH_LAPSES,
  reschedule,
  RETENTION_RANGE,
} from './card-memory.ts';
export type { CardGrade, CardSchedule } from './card-memory.ts';
