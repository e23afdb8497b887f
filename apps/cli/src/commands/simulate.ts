import { parseArgs } from 'node:util';
import { simulatePlacement, simulateSkill, withSimulationSchool, type SkillSimulation } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE =
  'usage: edirae simulate [--skill <id> --ability <0..1>] [--runs <n>] [--seed <text>] [--goal <text>] [--no-retake] [--json]';

/** A guesser among four options, then learners from weak to strong. */
const ABILITIES = [0.25, 0.4, 0.6, 0.8, 0.9];
const MOST_RUNS = 10_000;
const SKILLS_IN_A_REPORT = 3;

interface Options {
  skill: string | undefined;
  ability: number | undefined;
  runs: number;
  seed: string;
  goal: string;
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
        process.stdout.write(options.json ? `${JSON.stringify(rows[0])}\n` : table(rows));
        return 0;
      }
      process.stderr.write('placement\n');
      const placement = await simulatePlacement(school, clock, {
        goal: options.goal,
        runs: Math.min(options.runs, 200),
        seed: options.seed,
      });
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ checks: rows, placement })}\n`
          : `${table(rows)}\nplacement for "${placement.goal}": ${placement.items.toFixed(1)} items, ${percent(placement.recall)} of what is known was placed, ${placement.precision === null ? 'nothing placed' : `${percent(placement.precision)} of what was placed is known`} (${placement.runs} runs)\n`,
      );
      return 0;
    }),
  );
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
        goal: { type: 'string', default: 'KV cache memory' },
        'no-retake': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const runs = Number(values.runs);
    const ability = values.ability === undefined ? undefined : Number(values.ability);
    if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS) return undefined;
    if (ability !== undefined && !(ability >= 0 && ability <= 1)) return undefined;
    return {
      skill: values.skill,
      ability,
      runs,
      seed: values.seed,
      goal: values.goal,
      retake: !values['no-retake'],
      json: values.json,
    };
  } catch {
    return undefined;
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function table(rows: readonly SkillSimulation[]): string {
  const head = [
    'skill',
    'ability',
    'one check',
    '95% interval',
    'retaking',
    'items',
    '3 in a row',
    'retaking',
    'items',
  ];
  const body = rows.map((row) => [
    row.skill,
    String(row.ability),
    percent(row.passed),
    `${percent(row.low)} to ${percent(row.high)}`,
    percent(row.passedByRetaking),
    row.items.toFixed(1),
    percent(row.naive.passed),
    percent(row.naive.passedByRetaking),
    row.naive.items.toFixed(1),
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...body.map((cells) => cells[i]?.length ?? 0)));
  return [head, ...body]
    .map(
      (cells) =>
        `${cells
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
