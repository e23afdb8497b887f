/**
 * Is the P90 date met by 90%? `npm run bench -- plan [--learners 1000] [--content DIR]`. Learners work through real tracks with a pace of
 * their own; the table says how many finish by the dates that the plan gave them: at the start, from the authors' minutes, and once the
 * first third is passed, at the pace that they have shown.
 */
import { parseArgs } from 'node:util';
import { loadCurriculum } from '@edirae/curriculum';
import {
  createRandom,
  emptyRecord,
  emptyState,
  getSkill,
  planTrack,
  requiredClosure,
  type LearnerState,
  type SkillGraph,
} from '@edirae/engine';
import type { Bench } from './main.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const START = Date.UTC(2026, 0, 5, 9);
const LONGEST = 2_000;

/** How the plan says that people differ (docs/engine.md): spread of pace, of a skill, of a week's hours; share of weeks without any. */
const SPREAD = { pace: 0.35, skill: 0.4, hours: 0.3, weekOff: 1 / 6 } as const;

/** Factors on the authors' minutes in the middle of each population: the plan's own, then faster and slower ones. */
const POPULATIONS = [
  { learners: 'as the plan expects', factor: 1 },
  { learners: 'a quarter faster', factor: 0.75 },
  { learners: 'a quarter slower', factor: 1.25 },
  { learners: 'half as slow again', factor: 1.5 },
] as const;

const TRACKS = [
  { track: 'one skill and what it needs', targets: 1, hoursPerWeek: 6 },
  { track: 'twenty skills and what they need', targets: 20, hoursPerWeek: 6 },
  { track: 'everything', targets: Number.POSITIVE_INFINITY, hoursPerWeek: 10 },
] as const;

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      learners: { type: 'string', default: '1000' },
      content: { type: 'string', default: 'content' },
      seed: { type: 'string', default: 'plan' },
    },
  });
  const { curriculum } = await loadCurriculum(values.content);
  if (curriculum === null) throw new Error(`The content in ${values.content} does not load.`);
  const { graph } = curriculum;
  const rows: Record<string, unknown>[] = [];
  for (const { track, targets, hoursPerWeek } of TRACKS) {
    const skills = requiredClosure(graph, graph.order.slice(-targets));
    progress(`${track}: ${skills.length} skills`);
    for (const { learners, factor } of POPULATIONS) {
      const counted = follow(
        graph,
        skills,
        hoursPerWeek,
        factor,
        Number(values.learners),
        `${values.seed}/${track}`,
      );
      rows.push({ track, skills: skills.length, learners, ...counted });
    }
  }
  return rows;
};

interface Counted {
  n: number;
  /** Shares that finish by the dates of the first day. */
  byP50: number;
  byP90: number;
  /** Learners whose own pace was known after a third, and the shares that finish by the dates given then. */
  replanned: number;
  laterByP50: number | null;
  laterByP90: number | null;
}

function follow(
  graph: SkillGraph,
  skills: readonly string[],
  hoursPerWeek: number,
  factor: number,
  n: number,
  seed: string,
): Counted {
  const begun = { ...emptyState(), goal: goalOf(skills, hoursPerWeek) };
  const first = planTrack({ graph, state: begun, skills, hoursPerWeek, now: START, deadline: null });
  if (first === null) throw new Error('A track with hours has a plan.');
  const counts = { p50: 0, p90: 0, replanned: 0, laterP50: 0, laterP90: 0 };
  for (let run = 0; run < n; run++) {
    const passedAt = live(graph, skills, hoursPerWeek, factor, createRandom(`${seed}/${run}`));
    const end = passedAt.at(-1) ?? START;
    if (end <= first.p50) counts.p50 += 1;
    if (end <= first.p90) counts.p90 += 1;
    const third = Math.ceil(skills.length / 3);
    const now = passedAt[third - 1] ?? START;
    const state = withPassed(begun, skills.slice(0, third), passedAt);
    const later = planTrack({ graph, state, skills, hoursPerWeek, now, deadline: null });
    if (later?.basis !== 'you') continue;
    counts.replanned += 1;
    if (end <= later.p50) counts.laterP50 += 1;
    if (end <= later.p90) counts.laterP90 += 1;
  }
  const share = (count: number, of: number) => (of === 0 ? null : Math.round((count / of) * 1000) / 1000);
  return {
    n,
    byP50: share(counts.p50, n) ?? 0,
    byP90: share(counts.p90, n) ?? 0,
    replanned: counts.replanned,
    laterByP50: share(counts.laterP50, counts.replanned),
    laterByP90: share(counts.laterP90, counts.replanned),
  };
}

/** When each skill is passed (epoch ms): one after another, week by week, as the person's pace and weeks allow. */
function live(
  graph: SkillGraph,
  skills: readonly string[],
  hoursPerWeek: number,
  factor: number,
  random: () => number,
): number[] {
  const pace = factor * lognormal(SPREAD.pace, random);
  const needed = skills.map((id) => getSkill(graph, id).minutes * pace * lognormal(SPREAD.skill, random));
  const passedAt: number[] = [];
  let left = needed[0] ?? 0;
  for (let week = 0; week < LONGEST && passedAt.length < needed.length; week++) {
    const minutes = random() < SPREAD.weekOff ? 0 : hoursPerWeek * 60 * lognormal(SPREAD.hours, random);
    let spent = 0;
    while (passedAt.length < needed.length && minutes - spent >= left) {
      spent += left;
      passedAt.push(START + Math.round((week + (minutes === 0 ? 0 : spent / minutes)) * WEEK));
      left = needed[passedAt.length] ?? 0;
    }
    left -= minutes - spent;
  }
  while (passedAt.length < needed.length) passedAt.push(START + LONGEST * WEEK);
  return passedAt;
}

function withPassed(
  state: LearnerState,
  skills: readonly string[],
  passedAt: readonly number[],
): LearnerState {
  const records = skills.map(
    (id, i) => [id, { ...emptyRecord(), demonstratedAt: passedAt[i] ?? START }] as const,
  );
  return { ...state, skills: Object.fromEntries(records) };
}

function goalOf(skills: readonly string[], hoursPerWeek: number): NonNullable<LearnerState['goal']> {
  return {
    goalId: 'g',
    text: '',
    background: null,
    hoursPerWeek,
    deadline: null,
    outcome: 'track',
    targets: [],
    skills: [...skills],
    skipped: [],
    curriculum: '',
    setAt: START,
    editedAt: START,
  };
}

/** A factor with median 1 and the given spread of its logarithm (Box–Muller). */
function lognormal(sigma: number, random: () => number): number {
  return Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}
