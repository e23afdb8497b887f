type Step = { call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
type Label = { entity: string; ts: number };
type Event = { entity: string; feature: string; value: number | null; eventTs: number; arrivalTs: number };
type Options = { ttlMs: number; useArrival: boolean };
type Cell = { value: number; eventTs: number; arrivalTs: number } | null;
type Row = Label & { features: Record<string, Cell> };

/** The join by its definition: for every cell a look at every event. */
function join(labels: Label[], events: Event[], { ttlMs, useArrival }: Options): Row[] {
  const names = [...new Set(events.map((event) => event.feature))];
  const cell = (label: Label, feature: string): Cell => {
    let best: Event | undefined;
    for (const event of events) {
      if (event.entity !== label.entity || event.feature !== feature) continue;
      if (event.eventTs >= label.ts || (useArrival && event.arrivalTs >= label.ts)) continue;
      if (
        !best ||
        event.eventTs > best.eventTs ||
        (event.eventTs === best.eventTs && event.arrivalTs >= best.arrivalTs)
      )
        best = event;
    }
    if (!best || best.value === null || label.ts - best.eventTs > ttlMs) return null;
    return { value: best.value, eventTs: best.eventTs, arrivalTs: best.arrivalTs };
  };
  return labels.map((label) => ({
    ...label,
    features: Object.fromEntries(names.map((name) => [name, cell(label, name)])),
  }));
}

function report(rows: Row[]) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.features)))];
  const lines = names.map((feature) => {
    const cells = rows.flatMap((row) => (row.features[feature] ? [{ ts: row.ts, ...row.features[feature] }] : []));
    const future = cells.filter((cell) => cell.eventTs >= cell.ts || cell.arrivalTs >= cell.ts);
    return { feature, futureShare: cells.length === 0 ? 0 : future.length / cells.length };
  });
  return lines.sort((a, b) => b.futureShare - a.futureShare || (a.feature < b.feature ? -1 : 1));
}

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const entity = (count: number) => `e${whole(1, count)}`;
  const makeLabels = (count: number, span: number, entities: number): Label[] =>
    Array.from({ length: count }, () => ({ entity: entity(entities), ts: whole(1, span) }));
  const makeEvents = (count: number, span: number, entities: number, late: number, nulls = 0): Event[] =>
    Array.from({ length: count }, (_, i) => {
      const eventTs = whole(0, span);
      const arrivalTs = eventTs + (random() < 0.5 ? 0 : whole(0, late));
      const value = random() < nulls ? null : i;
      return { entity: entity(entities), feature: `f${whole(1, 3)}`, value, eventTs, arrivalTs };
    });
  const joins = (name: string, labels: Label[], events: Event[], options: Options): Test => ({
    name,
    rubric: 'time',
    skill: 'feature-store-pit',
    steps: [{ call: 'asOfJoin', args: [labels, events, options] }],
    expect: join(labels, events, options),
  });
  /** One entity, one feature `f`, and labels at the given times. */
  const small = (name: string, times: number[], log: [number, number][], options: Options): Test =>
    joins(
      name,
      times.map((ts) => ({ entity: 'e', ts })),
      log.map(([eventTs, arrivalTs], i) => ({ entity: 'e', feature: 'f', value: i, eventTs, arrivalTs })),
      options,
    );
  const t = whole(500, 5000);
  const forever = { ttlMs: 1_000_000, useArrival: true };

  const time = [
    joins('random logs, arrival respected', makeLabels(60, 300, 4), makeEvents(400, 300, 4, 120), {
      ttlMs: 80,
      useArrival: true,
    }),
    joins('random logs, arrival ignored on demand', makeLabels(60, 300, 4), makeEvents(400, 300, 4, 120), {
      ttlMs: 80,
      useArrival: false,
    }),
    joins(
      'crowded milliseconds: ties by arrival, then by place in the log',
      makeLabels(60, 12, 2),
      makeEvents(300, 10, 2, 3),
      { ttlMs: 5, useArrival: true },
    ),
    joins('a null clears a feature', makeLabels(60, 200, 2), makeEvents(200, 200, 2, 30, 0.5), {
      ttlMs: 100,
      useArrival: true,
    }),
    small('an event at the very millisecond of the label does not count', [t, t + 1], [[t, t]], forever),
    small('an arrival at the very millisecond of the label does not count', [t, t + 1], [[t - 300, t]], forever),
    small(
      'a late arrival does not replace what happened after it',
      [t],
      [
        [t - 100, t - 90],
        [t - 200, t - 50],
      ],
      forever,
    ),
    small('time to live is counted from the event, its last millisecond included', [t, t + 1], [[t - 70, t - 10]], {
      ttlMs: 70,
      useArrival: true,
    }),
    small(
      'an expired newest value hides older ones, and is not hidden by them',
      [t],
      [
        [t - 90, t - 80],
        [t - 95, t - 5],
      ],
      { ttlMs: 50, useArrival: true },
    ),
    joins(
      'entities without events get empty cells, labels may repeat',
      [{ entity: 'nobody', ts: 50 }, ...makeLabels(5, 100, 2), { entity: 'e1', ts: 70 }, { entity: 'e1', ts: 70 }],
      makeEvents(40, 100, 2, 10),
      forever,
    ),
  ];

  const growth: Test = {
    name: 'fifteen times the log costs about fifteen times as much',
    rubric: 'cost',
    skill: 'feature-store-pit',
    drive: async (step) => {
      const make = (times: number): Step => ({
        call: 'asOfJoin',
        args: [makeLabels(200 * times, 100_000, 3), makeEvents(200 * times, 100_000, 3, 500), forever],
      });
      const [short, long] = [make(1), make(15)];
      const time = async (given: Step, runs: number) => {
        const start = performance.now();
        let rows: unknown;
        for (let run = 0; run < runs; run++) rows = await step(given);
        if ((rows as Row[]).length !== (given.args[0] as Label[]).length) throw new Error('one row per label');
        return performance.now() - start;
      };
      // One long log against fifteen short ones of the same size together: a busy machine slows both.
      let grown = Infinity;
      for (let attempt = 0; attempt < 3 && grown > 3; attempt++)
        grown = Math.min(grown, (await time(long, 1)) / (await time(short, 15)));
      return grown > 3 ? `one log took ${grown.toFixed(0)} times as long as its fifteen parts` : null;
    },
  };
  const large: Test = {
    ...joins('a long log gives the same rows', makeLabels(150, 20_000, 30), makeEvents(6000, 20_000, 30, 900), {
      ttlMs: 4000,
      useArrival: true,
    }),
    rubric: 'cost',
  };

  return [...time, growth, large, ...leakage(makeLabels, makeEvents), ...split(makeLabels, whole)];
}

function leakage(
  makeLabels: (count: number, span: number, entities: number) => Label[],
  makeEvents: (count: number, span: number, entities: number, late: number) => Event[],
): Test[] {
  const labels = makeLabels(80, 300, 3);
  const events = makeEvents(120, 300, 3, 60);
  // What the join on the latest value gives, and what one gives that looks at event time only.
  const latest = join(
    labels.map((label) => ({ ...label, ts: 1_000_000 })),
    events,
    { ttlMs: 1_000_000, useArrival: false },
  ).map((row, i) => ({ ...row, ts: labels[i]!.ts }));
  const early = join(labels, events, { ttlMs: 100, useArrival: false });
  const reported = (name: string, skill: string, rows: Row[]): Test => ({
    name,
    rubric: 'leakage',
    skill,
    steps: [{ call: 'leakageReport', args: [rows] }],
    expect: report(rows),
  });
  return [
    reported('a join on the latest value is found out', 'data-splits-leakage', latest),
    reported('values that had not arrived are found out', 'training-serving-skew', early),
    reported('empty cells count for nothing', 'data-splits-leakage', [
      { entity: 'e', ts: 9, features: { b: null, a: null, c: { value: 1, eventTs: 9, arrivalTs: 9 } } },
      { entity: 'e', ts: 20, features: { b: null, a: null, c: { value: 1, eventTs: 9, arrivalTs: 9 } } },
    ]),
    {
      name: 'your own join leaks nothing',
      rubric: 'leakage',
      skill: 'training-serving-skew',
      drive: async (step) => {
        const rows = (await step({ call: 'asOfJoin', args: [labels, events, { ttlMs: 500, useArrival: true }] })) as Row[];
        const filled = rows.filter((row) => Object.values(row.features).some((cell) => cell !== null));
        if (filled.length < 20) return 'almost all cells are empty';
        const lines = (await step({ call: 'leakageReport', args: [rows] })) as { futureShare: number }[];
        return lines.length === 3 && lines.every((line) => line.futureShare === 0)
          ? null
          : `the report says ${JSON.stringify(lines)}`;
      },
    },
  ];
}

function split(
  makeLabels: (count: number, span: number, entities: number) => Label[],
  whole: (low: number, high: number) => number,
): Test[] {
  const rows = makeLabels(120, 1000, 60).map((row, i) => ({ ...row, y: i % 2 }));
  const cut = whole(400, 600);
  const gap = whole(20, 150);
  const train = rows.filter((row) => row.ts < cut - gap);
  const seen = new Set(train.map((row) => row.entity));
  const splits = (name: string, args: unknown[], expect: unknown): Test => ({
    name,
    rubric: 'split',
    skill: 'data-splits-leakage',
    steps: [{ call: 'groupTimeSplit', args }],
    expect,
  });
  const at = (ts: number, entity = `t${ts}`) => ({ entity, ts });
  return [
    splits('random rows, in their order and whole', [rows, cut, gap], {
      train,
      valid: rows.filter((row) => row.ts >= cut && !seen.has(row.entity)),
    }),
    splits('the gap belongs to nobody, its edges are exact', [[79, 80, 99, 100].map((ts) => at(ts)), 100, 20], {
      train: [at(79)],
      valid: [at(100)],
    }),
    splits(
      'an entity seen only in the gap may be validated on',
      [[at(90, 'x'), at(110, 'x'), at(10, 'y'), at(130, 'y')], 100, 20],
      { train: [at(10, 'y')], valid: [at(110, 'x')] },
    ),
  ];
}
