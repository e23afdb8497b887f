import type {
  LearningSimulation,
  PlacementSimulation,
  SkillSimulation,
  TrackSimulation,
} from '@edirae/school';

/** All that the simulator found. */
export interface SimulationReport {
  checks: SkillSimulation[];
  /** Null where none of the skills is open from the start. */
  learning: LearningSimulation | null;
  placement: PlacementSimulation;
  track: TrackSimulation;
}

/** A guesser among four options; below the mark a pass is a mistake. */
const GUESSER = 0.25;
const MARK = 0.8;

type Row = [what: string, ours: string, naive: string];

/** The whole report: Edirae's gate beside a naive rule, then every skill and ability. */
export function describeReport({ checks, learning, placement, track }: SimulationReport): string {
  const sections: [string, Row[]][] = [
    [
      'falsely advanced: pass, though they answer fewer than 80% of its items right',
      passRows(checks.filter(({ ability }) => ability > GUESSER && ability < MARK)),
    ],
    ['guessers: one item in four right', passRows(checks.filter(({ ability }) => ability === GUESSER))],
    ...(learning === null ? [] : [[learningTitle(learning), learningRows(learning)] as [string, Row[]]]),
    [
      `placement for "${placement.goal}" (${placement.runs} learners); naive: one question a skill`,
      placementRows(placement),
    ],
    [trackTitle(track), trackRows(track)],
  ];
  const head: Row = ['', 'Edirae', '3 in a row'];
  const all = [head, ...sections.flatMap(([title, rows]): Row[] => [[title, '', ''], ...rows])];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...all.filter(([, ours]) => ours !== '').map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: Row): string =>
    `${row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return [
    line(head),
    ...sections.map(([title, rows]) => `\n${title}\n${rows.map(line).join('')}`),
    `\n${skillTable(checks)}`,
  ].join('');
}

function passRows(rows: readonly SkillSimulation[]): Row[] {
  if (rows.length === 0) return [];
  const mean = (of: (row: SkillSimulation) => number) =>
    percent(rows.reduce((sum, row) => sum + of(row), 0) / rows.length);
  return [
    ['  by one check', mean(({ passed }) => passed), mean(({ naive }) => naive.passed)],
    [
      '  by retaking until a pass',
      mean(({ passedByRetaking }) => passedByRetaking),
      mean(({ naive }) => naive.passedByRetaking),
    ],
  ];
}

function learningTitle({ skill, runs }: LearningSimulation): string {
  return `learners who learn as they practise ${skill}, from 35% right (${runs} learners)`;
}

function learningRows({ naive, ...ours }: LearningSimulation): Row[] {
  return [
    ['  items to mastery', figure(ours.toMastery), figure(naive.toMastery)],
    ['  items wasted: after they could', figure(ours.wasted), figure(naive.wasted)],
    ['  falsely advanced: before they could', share(ours.falselyAdvanced), share(naive.falselyAdvanced)],
    ['  never declared', percent(ours.never), percent(naive.never)],
  ];
}

function placementRows({ naive, ...ours }: PlacementSimulation): Row[] {
  return [
    ['  items', figure(ours.items), figure(naive.items)],
    ['  skills judged rightly', percent(ours.accuracy), percent(naive.accuracy)],
    ['  known skills placed', percent(ours.recall), percent(naive.recall)],
    ['  placed skills known', share(ours.precision), share(naive.precision)],
  ];
}

function trackTitle({ goal, skills, hoursPerWeek, runs, forecast }: TrackSimulation): string {
  return `"${goal}", ${skills} skills at ${hoursPerWeek} hours a week (${runs} learners); forecast: even odds in ${days(forecast.p50)}, nine in ten in ${days(forecast.p90)} days`;
}

function trackRows({ naive, ...ours }: TrackSimulation): Row[] {
  return [
    ['  days to finish, the middle learner', days(ours.days), days(naive.days)],
    ['  finished by the date of even odds', percent(ours.byP50), percent(naive.byP50)],
    ['  finished by the date of nine in ten', percent(ours.byP90), percent(naive.byP90)],
    ['  items, reviews included', figure(ours.items), figure(naive.items)],
    ['  skills falsely advanced', share(ours.falselyAdvanced), share(naive.falselyAdvanced)],
    ['  never finished', percent(ours.never), percent(0)],
    ...Object.entries(ours.stuck).map(([why, of]): Row => [`    ${why}`, percent(of), '–']),
  ];
}

/** One line a skill and ability. */
export function skillTable(rows: readonly SkillSimulation[]): string {
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

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

function share(value: number | null): string {
  return value === null ? 'nobody' : percent(value);
}

function figure(value: number | null): string {
  return value === null ? 'nobody' : value.toFixed(1);
}

function days(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'never' : value.toFixed(0);
}
