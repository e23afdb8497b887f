import type { Action, Seen } from '../solution/solution.ts';
import type { Drive } from './kinds.ts';
import { CONFIG, createWorld, type Scenario } from './world.ts';

export type Played = ReturnType<typeof createWorld> & { wrong: string | null; seen: Seen[]; done: (Action & { at: number })[] };

/** Plays a scenario with a fresh train; ends early where something is asked for that cannot be done. */
export async function play(step: Drive, scenario: Scenario, random: () => number, ticks: number): Promise<Played> {
  const world = createWorld(scenario, random);
  const seen: Seen[] = [];
  const done: (Action & { at: number })[] = [];
  await step({ new: 'Train', args: [CONFIG], as: 'train' });
  for (let tick = 0; tick < ticks; tick++) {
    const now = world.observe();
    seen.push(now);
    const actions = (await step({ on: 'train', call: 'tick', args: [now] })) as Action[];
    if (!Array.isArray(actions)) return { ...world, wrong: 'tick returns a list of actions', seen, done };
    for (const action of actions) {
      done.push({ ...action, at: tick });
      const wrong = world.act(action);
      if (wrong !== null) return { ...world, wrong, seen, done };
    }
  }
  return { ...world, wrong: null, seen, done };
}

/** Where evidence for an action has to come from. */
const SOURCES: Record<Action['do'], string[][]> = {
  quarantine: [['batch.']],
  train: [['batch.', 'job.']],
  register: [['job.', 'registry.']],
  shadow: [['registry.']],
  canary: [['labels.pairs.', 'shadow.']],
  promote: [['labels.pairs.'], ['canary.']],
  stop: [['shadow.', 'canary.', 'labels.']],
  rollback: [['labels.live.', 'live.']],
  retrain: [['labels.live.']],
  fallback: [['live.nulls.']],
  resume: [['live.nulls.']],
};

/** The first action whose evidence was not seen, or is about something else; null where all can be traced. */
export function untraced({ seen, done }: Played): string | null {
  for (const action of done) {
    const what = `${action.do} in tick ${action.at}`;
    if (!Array.isArray(action.because) || action.because.length === 0) return `${what} has no evidence`;
    for (const { at, path, value } of action.because) {
      if (!(at >= 0 && at <= action.at)) return `${what} has evidence of tick ${at}`;
      let held: unknown = seen[at];
      for (const part of path.split('.')) held = held !== null && typeof held === 'object' ? (held as Record<string, unknown>)[part] : undefined;
      if (held === undefined || held !== value) return `${what} says that ${path} was ${JSON.stringify(value)} in tick ${at}; it was ${JSON.stringify(held)}`;
    }
    for (const group of SOURCES[action.do] ?? [])
      if (!action.because.some(({ path }) => group.some((prefix) => path.startsWith(prefix)))) return `${what} has no evidence from ${group.join(' or ')}`;
  }
  return null;
}
