import type { InterviewPrompt } from '@edirae/curriculum';
import type { LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { InterviewAnswer, InterviewScore, StoredInterview } from '../store/interviews.ts';
import type { SkillRowView } from '../views.ts';
import { toSkillRow } from './skill-rows.ts';
import type { Why } from './why-in-track.ts';

/** What an answer can reach: two for each of five points, one for each of four general ones. */
export const MOST_POINTS = 14;

/** The four general points, one each. */
export const GENERAL_POINTS: readonly string[] = [
  'Requirements first',
  'Trade-offs made explicit',
  'Honest about limits',
  'A clear close',
];

/** What an answer is compared with. Kept back until it is finished. */
export interface InterviewComparison {
  rubric: { point: string; look: string }[];
  general: readonly string[];
  outline: string[];
  interviewers: string[];
  most: number;
}

/** One answer as a list shows it. */
export interface InterviewRunView {
  id: string;
  startedAt: number;
  savedAt: number;
  finishedAt: number | null;
  seconds: number | null;
  /** Points reached; null where it was not scored. */
  total: number | null;
}

/** One answer as its page shows it. */
export interface InterviewAnswerView extends InterviewRunView {
  revision: number;
  answer: InterviewAnswer;
  score: InterviewScore | null;
}

/** A prompt with the answer being written or compared. */
export interface InterviewView {
  career: { id: string; title: string };
  prompt: { id: string; text: string; area: string; minutes: number; n: number; of: number };
  clarify: { ask: string; fact: string }[];
  /** Null: nothing is begun. */
  current: InterviewAnswerView | null;
  /** Null until the answer shown is finished. */
  comparison: InterviewComparison | null;
  skills: SkillRowView[];
  /** Finished answers, the latest first. */
  history: InterviewRunView[];
  next: { id: string; text: string } | null;
}

/** A prompt as a list shows it. */
export interface InterviewPromptView {
  id: string;
  text: string;
  area: string;
  minutes: number;
  /** An answer is being written. */
  open: boolean;
  times: number;
  best: number | null;
  last: { at: number; total: number | null } | null;
}

/** Points of a score; null where nothing was scored. */
export function totalOf(score: InterviewScore | null): number | null {
  if (!score || (score.points.every((point) => point === null) && !score.general.some(Boolean))) return null;
  const points = score.points.reduce<number>((sum, point) => sum + (point ?? 0), 0);
  return points + score.general.filter(Boolean).length;
}

export function runView(interview: StoredInterview): InterviewRunView {
  const { id, startedAt, savedAt, finishedAt, seconds, score } = interview;
  return { id, startedAt, savedAt, finishedAt, seconds, total: totalOf(score) };
}

export function answerView(interview: StoredInterview): InterviewAnswerView {
  const { revision, answer, score } = interview;
  return { ...runView(interview), revision, answer, score };
}

export function comparisonOf({ rubric, outline, interviewers }: InterviewPrompt): InterviewComparison {
  return { rubric, general: GENERAL_POINTS, outline, interviewers, most: MOST_POINTS };
}

/** The skills a prompt exercises, as the learner stands. */
export function promptSkills(
  school: School,
  prompt: InterviewPrompt,
  state: LearnerState,
  now: number,
): SkillRowView[] {
  const context = { school, state, now, targets: state.goal?.targets ?? [], why: new Map<string, Why>() };
  return prompt.skills.filter((id) => school.graph.skills.has(id)).map((id) => toSkillRow(context, id));
}
