import type { GoalReading } from '@edirae/curriculum';
import { chooseLabs, waysOut, whyChains, type LearnerState, type PlanInput } from '@edirae/engine';
import type { School } from '../school.ts';
import type { GoalView } from '../goal-views.ts';
import type { TrackView } from '../views.ts';
import { readPhrases } from './goal-segments.ts';
import { leftOut, optionalSkills } from './left-out.ts';
import { skillTitle, toNamed } from './titles.ts';
import { planInput, planOf, trackView } from './track-view.ts';

/** The present goal as it was read, with everything that led from its words to its track; null before the first goal. */
export function goalView(school: School, state: LearnerState, now: number): GoalView | null {
  const { goal } = state;
  const track = trackView(school, state, now);
  const input = planInput(school, state, now);
  if (!goal || !track || !input) return null;
  const reading = school.matcher.readGoal(goal.text);
  const targets = goal.targets.filter((id) => school.graph.skills.has(id));
  const proposed = (goal.proposed ?? []).filter(({ skill }) => targets.includes(skill));
  const asked = new Set([...reading.targets, ...proposed].map(({ skill }) => skill));
  const skills = track.skills.map(({ id }) => id);
  const today = new Date(goal.setAt).toISOString().slice(0, 10);
  return {
    track,
    ...readPhrases(school, goal.text, reading, { ...goal, today }),
    added: toNamed(
      school,
      targets.filter((id) => !asked.has(id)),
    ),
    proposed: proposed.map(({ skill, words }) => ({ id: skill, title: skillTitle(school, skill), words })),
    career: reading.career && {
      id: reading.career.id,
      title: reading.career.title,
      hasGuide: reading.career.hasGuide,
    },
    exams: examsOf(school, reading),
    unmatched: reading.unmatched,
    hasOrders: reading.hasOrders,
    likely: likelyOf(school, track, goal.likely ?? []),
    chains: chainsOf(school, targets, skills),
    weeks: (planOf(school, state, now)?.perWeek ?? []).map((week) => ({
      ...week,
      skills: toNamed(school, week.skills),
    })),
    labs: labsOf(school, targets, skills),
    optional: optionalSkills(school, skills),
    leftOut: leftOut(school, skills, reading),
    ways: waysOf(school, input, targets),
  };
}

function examsOf(school: School, { exams }: GoalReading): GoalView['exams'] {
  return exams.map(({ code, title, status, retiredOn, successors, gaps }) => {
    const next = school.curriculum.certifications
      .filter(({ id }) => successors.includes(id))
      .map((one) => one.code);
    const instead = next.length > 0 ? ` What succeeds it: ${next.join(' and ')}.` : '';
    const note =
      status === 'retired'
        ? `No longer given since ${retiredOn ?? 'a while'}.${instead}`
        : status === 'unconfirmed'
          ? 'We have not seen it confirmed as live: look at its page before you plan.'
          : null;
    return { code, title, note, gaps };
  });
}

function likelyOf(school: School, track: TrackView, likely: readonly string[]): GoalView['likely'] {
  const rows = track.skills.filter((row) => likely.includes(row.id) && row.state === 'new');
  return {
    skills: toNamed(
      school,
      rows.map(({ id }) => id),
    ),
    minutes: rows.reduce((sum, row) => sum + row.minutes, 0),
  };
}

function chainsOf(school: School, targets: readonly string[], skills: readonly string[]): GoalView['chains'] {
  const chains = whyChains(school.graph, { targets, skills });
  return Object.fromEntries([...chains].map(([id, chain]) => [id, toNamed(school, chain)]));
}

function labsOf(school: School, targets: readonly string[], skills: readonly string[]): GoalView['labs'] {
  return chooseLabs(school.curriculum.labs, { targets, skills }).map((lab) => ({
    id: lab.id,
    title: lab.title,
    minutes: lab.minutes,
    capstone: lab.capstone !== null,
    skills: toNamed(
      school,
      lab.skills.filter((id) => skills.includes(id)),
    ),
  }));
}

function waysOf(school: School, input: PlanInput, targets: readonly string[]): GoalView['ways'] {
  const ways = waysOut(input, targets);
  if (!ways) return null;
  const { fewer, ...rest } = ways;
  return {
    ...rest,
    fewer: fewer && {
      dropped: toNamed(school, fewer.dropped),
      skills: fewer.skills.length,
      p50: fewer.p50,
      p90: fewer.p90,
    },
  };
}
