import { parseArgs } from 'node:util';
import {
  simulateLearning,
  simulatePlacement,
  simulateSkill,
  simulateTrack,
  withSimulationSchool,
  type School,
  type SkillSimulation,
} from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';
import { describeReport, skillTable, type SimulationReport } from './simulate-report.ts';

const USAGE =
  'usage: edirae simulate [--skill <id> --ability <0..1>] [--runs <n>] [--seed <text>] [--goal <text>] [--hours <a week>] [--no-retake] [--json]';

/** A guesser among four options, then learners from weak to strong. */
const ABILITIES = [0.25, 0.4, 0.6, 0.8, 0.9];
const MOST_RUNS = 10_000;
/** Small enough to be played often, large enough for a placement to choose. */
const GOAL = 'Design LLM serving that stays fast and affordable under load';
const SKILLS_IN_A_REPORT = 3;
const MOST_PLACEMENTS = 200;
/** A whole track takes a hundred answers or more. */
const MOST_TRACKS = 40;
const MOST_HOURS = 80;

interface Options {
  skill: string | undefined;
  ability: number | undefined;
  runs: number;
  seed: string;
  goal: string;
  hours: number;
  retake: boolean;
  json: boolean;
}

/**
 * Plays learners of known ability through the real use cases, in a folder of its own. Exit codes: 0 ran, 2 called wrongly.
 */
export async function runSimulate(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  return withClearErrors(() =>
    withSimulationSchool(process.env, options.seed, async (school, clock) => {
      const written = [...school.graph.skills.values()].filter((node) => node.written).map((node) => node.id);
      if (options.skill !== undefined && !written.includes(options.skill)) {
        return calledWrongly(`There is no written skill ${options.skill}. Written: ${written.join(', ')}`);
      }
      const skills = options.skill === undefined ? written.slice(0, SKILLS_IN_A_REPORT) : [options.skill];
      const abilities = options.ability === undefined ? ABILITIES : [options.ability];
      const rows: SkillSimulation[] = [];
      for (const skill of skills) {
        for (const ability of abilities) {
          process.stderr.write(`${skill}, ability ${ability}, ${options.runs} runs\n`);
          rows.push(
            await simulateSkill(school, clock, {
              skill,
              ability,
              runs: options.runs,
              seed: options.seed,
              retake: options.retake,
            }),
          );
        }
      }
      if (options.skill !== undefined && options.ability !== undefined) {
        process.stdout.write(options.json ? `${JSON.stringify(rows[0])}\n` : skillTable(rows));
        return 0;
      }
      const report = { checks: rows, ...(await playJourneys(school, clock, skills, options)) };
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report));
      return 0;
    }),
  );
}

/** Learners who learn, who are placed, and who go through a whole track. */
async function playJourneys(
  school: School,
  clock: { now: number },
  skills: readonly string[],
  { runs, seed, goal, hours }: Options,
): Promise<Omit<SimulationReport, 'checks'>> {
  const opened = skills.find((id) => school.graph.skills.get(id)?.requires.length === 0);
  let learning: SimulationReport['learning'] = null;
  if (opened !== undefined) {
    process.stderr.write(`learning ${opened}, ${runs} runs\n`);
    learning = await simulateLearning(school, clock, { skill: opened, runs, seed });
  }
  process.stderr.write('placement\n');
  const placement = await simulatePlacement(school, clock, {
    goal,
    runs: Math.min(runs, MOST_PLACEMENTS),
    seed,
  });
  process.stderr.write('a whole track\n');
  const track = await simulateTrack(school, clock, {
    goal,
    hoursPerWeek: hours,
    runs: Math.min(runs, MOST_TRACKS),
    seed,
  });
  return { learning, placement, track };
}

function parseOptions(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        skill: { type: 'string' },
        ability: { type: 'string' },
        runs: { type: 'string', default: '100' },
        seed: { type: 'string', default: 'simulate' },
        goal: { type: 'string', default: GOAL },
        hours: { type: 'string', default: '6' },
        'no-retake': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const runs = Number(values.runs);
    const ability = values.ability === undefined ? undefined : Number(values.ability);
    const hours = Number(values.hours);
    if (!(hours > 0 && hours <= MOST_HOURS)) return undefined;
    if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS) return undefined;
    if (ability !== undefined && !(ability >= 0 && ability <= 1)) return undefined;
    return {
      skill: values.skill,
      ability,
      runs,
      seed: values.seed,
      goal: values.goal,
      hours,
      retake: !values['no-retake'],
      json: values.json,
    };
  } catch {
    return undefined;
  }
}
