import { readTime, type GoalReading } from '@edirae/curriculum';
import { compileTrack, hasPassed, type EventBodies, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import { listProposed, type ProposedTarget } from './proposed-targets.ts';

export interface GoalInput {
  text: string;
  background?: string | undefined;
  hoursPerWeek?: number | undefined;
  /** YYYY-MM-DD */
  deadline?: string | undefined;
  /** Another goal beside the present one: what that asks for stays asked for. */
  keep?: boolean | undefined;
  /** What a model proposed and the learner takes; of it only what `listProposed` keeps. */
  proposed?: readonly ProposedTarget[] | undefined;
}

/** What most people who study beside a job can give. */
export const DEFAULT_HOURS_PER_WEEK = 6;

type GoalBody = EventBodies['goal-set'];

/**
 * A goal as it is recorded: read, its track compiled. Hours and deadline count as given, else as its words say. Nothing is evidence in it, and what
 * was demonstrated stays, whatever the goal. @param now epoch ms
 */
export function goalBody(
  school: School,
  state: LearnerState,
  input: GoalInput,
  { goalId, now }: { goalId: string; now: number },
): { body: GoalBody; reading: GoalReading } {
  const reading = school.matcher.readGoal(input.text);
  const time = readTime(input.text, new Date(now).toISOString().slice(0, 10));
  const before = input.keep ? (state.goal?.targets ?? []) : [];
  const proposed = listProposed(school, input.text, input.proposed ?? []);
  const asked = [...new Set([...[...reading.targets, ...proposed].map(({ skill }) => skill), ...before])];
  const { targets, skills } = compileTrack(school.graph, { targets: asked });
  const background = input.background?.trim() || (input.keep ? (state.goal?.background ?? null) : null);
  return {
    reading,
    body: {
      goalId,
      text: input.text,
      background,
      hoursPerWeek:
        input.hoursPerWeek ?? time.hoursPerWeek?.hours ?? state.goal?.hoursPerWeek ?? DEFAULT_HOURS_PER_WEEK,
      deadline: dayOf(input.deadline) ?? time.deadline?.date ?? null,
      outcome: reading.outcome === 'no-match' && targets.length > 0 ? 'nearest' : reading.outcome,
      targets,
      skills,
      skipped: skippedOf(state, targets, skills),
      likely: likelyOf(school, reading, background, skills),
      ...(proposed.length > 0 ? { proposed } : {}),
      curriculum: school.curriculumHash,
    },
  };
}

/** Required, but shown by evidence already. */
export function skippedOf(
  state: LearnerState,
  targets: readonly string[],
  skills: readonly string[],
): { id: string; why: string }[] {
  return skills
    .filter((id) => !targets.includes(id) && hasPassed(state.skills[id]))
    .map((id) => ({ id, why: 'You demonstrated it before.' }));
}

function likelyOf(
  school: School,
  reading: GoalReading,
  background: string | null,
  skills: readonly string[],
): string[] {
  const told = [...reading.backgrounds, ...(background ? school.matcher.readBackground(background) : [])];
  const likely = new Set(told.flatMap((history) => history.likely));
  return skills.filter((id) => likely.has(id));
}

/** A day that exists; whoever calls checks what people type, and a plan must not hang on it. */
function dayOf(date: string | undefined): string | null {
  return date && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ? date : null;
}
