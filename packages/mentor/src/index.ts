/** Who talks: plain context in, typed events out. It holds no database, no key and no way to change a record. */
export { answerBuiltIn } from './built-in/answer.ts';
export { cleanText } from './clean-text.ts';
export { MODES } from './context.ts';
export type {
  ExaminedInWords,
  IssueInWords,
  MentorContext,
  MissInWords,
  Mode,
  SkillInWords,
} from './context.ts';
export type { MentorEvent, ModelFailure, OpinionLine, RefusalReason, Usage } from './events.ts';
export type { CurriculumPort, FoundSkill, Passage, SkillBrief, WorkedVariant } from './port.ts';
export {
  answerWithModel,
  MODEL_TIMES,
  type ModelOutcome,
  type ModelRequest,
  type ModelTimes,
} from './model/answer.ts';
export { ProviderFault } from './model/bounded-fetch.ts';
export { FAILURE_WORDS } from './model/explain-failure.ts';
export {
  MOST_PROPOSED,
  proposeSkills,
  type Proposal,
  type ProposalRequest,
  type ProposableSkill,
  type ProposedSkill,
} from './model/propose-skills.ts';
export { addressOf, PROVIDERS, type Fetch, type ModelSettings, type ProviderId } from './model/settings.ts';
export { testConnection, type Connection } from './model/test-connection.ts';
