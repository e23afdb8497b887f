/**
 * Goals in people's own words against labels: does the track hold what it must, and nothing that it must not. Files of goals
 * are JSON lines with `id`, `goal`, `must`, `mustNot`, `expect` and `alsoAccept`: `bench/goals/tune.jsonl` is looked at while tuning, `held-out.jsonl` is not.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createMatcher, loadCurriculum } from '@edirae/curriculum';
import { compileTrack } from '@edirae/engine';
import type { Bench } from './main.ts';
import { percentile } from './percentile.ts';

type Outcome = 'track' | 'nearest' | 'no-match';

interface Line {
  id: string;
  goal: string;
  must: string[];
  mustNot: string[];
  expect: Outcome;
  alsoAccept?: Outcome[] | null;
}

/** @throws Error naming the line that is no goal with labels */
function parseLine(text: string, n: number): Line {
  const line = JSON.parse(text) as Partial<Line>;
  if (typeof line.goal !== 'string' || line.id === undefined || line.expect === undefined)
    throw new Error(`Line ${n + 1} needs id, goal and expect.`);
  return {
    ...line,
    id: String(line.id),
    goal: line.goal,
    expect: line.expect,
    must: line.must ?? [],
    mustNot: line.mustNot ?? [],
  };
}

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string', default: 'bench/goals/tune.jsonl' },
      content: { type: 'string', default: 'content' },
      /** Tells what went wrong, line by line. */
      explain: { type: 'boolean', default: false },
    },
  });
  const goals = readFileSync(values.file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseLine);
  const { curriculum } = await loadCurriculum(values.content);
  if (curriculum === null) throw new Error(`The content in ${values.content} does not load.`);
  const matcher = createMatcher(curriculum);
  const recalls: number[] = [];
  const times: number[] = [];
  const counts = { mustNot: 0, asTarget: 0, anywhere: 0, agreed: 0 };
  const lines = goals.map(({ id, goal, must, mustNot, expect, alsoAccept }) => {
    const from = performance.now();
    const reading = matcher.readGoal(goal);
    const targets = reading.targets.map(({ skill }) => skill);
    const { skills } = compileTrack(curriculum.graph, { targets });
    times.push(performance.now() - from);
    const held = must.filter((skill) => skills.includes(skill));
    if (must.length > 0 && reading.outcome !== 'no-match') recalls.push(held.length / must.length);
    const wrongTargets = mustNot.filter((skill) => targets.includes(skill));
    const wrong = mustNot.filter((skill) => skills.includes(skill));
    counts.mustNot += mustNot.length;
    counts.asTarget += wrongTargets.length;
    counts.anywhere += wrong.length;
    const agrees = [expect, ...(alsoAccept ?? [])].includes(reading.outcome);
    if (agrees) counts.agreed += 1;
    if (values.explain && (held.length < must.length || wrong.length > 0 || !agrees)) {
      const missed = must.filter((skill) => !held.includes(skill));
      progress(
        `${id} ${JSON.stringify(goal.slice(0, 90))} ${agrees ? '' : `${reading.outcome}, not ${expect} `}missed [${missed.join(' ')}] wrong [${wrong.map((skill) => (wrongTargets.includes(skill) ? `${skill}!` : skill)).join(' ')}] targets [${reading.targets.map((target) => `${target.skill}:${target.words.join('/')}`).join(' ')}]`,
      );
    }
    return { id, outcome: reading.outcome, targets, skills };
  });
  const share = (count: number, of: number): number =>
    of === 0 ? 0 : Math.round((count / of) * 10_000) / 10_000;
  return {
    recall: share(
      recalls.reduce((sum, recall) => sum + recall, 0),
      recalls.length,
    ),
    mustNotTarget: share(counts.asTarget, counts.mustNot),
    mustNotAnywhere: share(counts.anywhere, counts.mustNot),
    expectAgreement: share(counts.agreed, goals.length),
    medianMs: Math.round(percentile(times, 0.5) * 1000) / 1000,
    lines,
  };
};
