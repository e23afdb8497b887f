import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSchool, parseConfig, readLearner, type School } from '@edirae/school';
import { createToken } from '../../packages/school/src/store/tokens.ts';
import { copyLearner, readPattern } from '../generate/copy-learner.ts';
import { insertLearners } from '../generate/insert-rows.ts';
import { playPast } from '../generate/play-past.ts';

/** A data folder that has grown, and one learner in it. */
export interface Ground {
  dataDir: string;
  token: string;
  /** A skill that the learner may practise. */
  skill: string;
  events: number;
  learners: number;
  remove(): void;
}

/** Events in the past of each of many. */
const SHORT_PAST = 20;

/** Learners written in one transaction. */
const BATCH = 250;

type Grow = (school: School, clock: { now: number }) => Promise<{ id: string; learners: number }>;

/** One learner whose ledger has at least so many events, played through the use cases. */
export function growOne(events: number, progress: (line: string) => void): Promise<Ground> {
  let told = 0;
  return grow('memory', async (school, clock) => {
    const id = await playPast(school, clock, {
      events,
      seed: 'growth',
      progress: (seq) => {
        if (seq - told < 10_000) return;
        told = seq;
        progress(`  ${seq} events`);
      },
    });
    return { id, learners: 1 };
  });
}

/** So many learners with a short past each: copies of one, with ids and chains of their own. */
export function growMany(learners: number, progress: (line: string) => void): Promise<Ground> {
  return grow('disk', async (school, clock) => {
    const id = await playPast(school, clock, { events: SHORT_PAST, seed: 'growth' });
    const pattern = await readPattern(school, id);
    for (let made = 1; made < learners; made += BATCH) {
      const count = Math.min(BATCH, learners - made);
      await insertLearners(
        school,
        Array.from({ length: count }, (_, n) => copyLearner(school, pattern, made + n)),
      );
      if (made % (BATCH * 40) === 1) progress(`  ${made} learners`);
    }
    return { id, learners };
  });
}

/**
 * One ledger grows in memory, where the machine has a file system there: its acts are many, and none needs to survive a power cut on the way.
 * Many learners are written in few acts, and are more than memory should hold.
 */
async function grow(where: 'memory' | 'disk', make: Grow): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-growth-'));
  const growing =
    where === 'memory' && existsSync('/dev/shm') ? mkdtempSync('/dev/shm/edirae-growing-') : dataDir;
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const clock = { now: Date.now() };
    const config = parseConfig({ EDIRAE_DATA: growing, EDIRAE_RATE_LIMIT: 'off' });
    const school = await openSchool(config, { clock: () => clock.now });
    try {
      const { id, learners } = await make(school, clock);
      const token = await createToken(school.db, id, { name: 'growth', at: clock.now });
      const { state, head } = await readLearner(school, id);
      const skill = state.opened.find((one) => school.graph.skills.get(one)?.written) ?? '';
      await school.close();
      if (growing !== dataDir) cpSync(growing, dataDir, { recursive: true });
      return { dataDir, token, skill, events: head.seq, learners, remove };
    } finally {
      await school.close();
    }
  } catch (error) {
    remove();
    throw error;
  } finally {
    if (growing !== dataDir) rmSync(growing, { recursive: true, force: true });
  }
}
