import { openSchool, parseConfig, readLearner } from '@edirae/school';
import { createToken } from '../../packages/school/src/store/tokens.ts';
import { copyLearner, readPattern, type Pattern } from '../generate/copy-learner.ts';
import { insertLearners } from '../generate/insert-rows.ts';
import { playPast } from '../generate/play-past.ts';

/** A learner who can act, and what they can be asked about. */
export interface MadeLearner {
  token: string;
  skills: readonly string[];
}

/** Different pasts; more learners are copies of these with ids and chains of their own. */
const PATTERNS = 3;

/** Makes learners with a past straight in the database, while no server holds it. */
export async function makeLearners(
  env: Record<string, string>,
  { learners, past }: { learners: number; past: number },
): Promise<MadeLearner[]> {
  const clock = { now: Date.now() };
  const school = await openSchool(parseConfig(env), { clock: () => clock.now });
  try {
    const patterns: { pattern: Pattern; skills: string[] }[] = [];
    for (let n = 0; n < Math.min(PATTERNS, learners); n++) {
      const id = await playPast(school, clock, { events: past, seed: `past ${n}` });
      const { state } = await readLearner(school, id);
      const skills = state.opened.filter((skill) => school.graph.skills.get(skill)?.written);
      patterns.push({ pattern: await readPattern(school, id), skills });
    }
    const made: MadeLearner[] = [];
    for (let n = 0; n < learners; n++) {
      const { pattern, skills } = patterns[n % patterns.length] as (typeof patterns)[number];
      const rows = copyLearner(school, pattern, n);
      await insertLearners(school, [rows]);
      made.push({ token: await createToken(school.db, rows.id, { name: 'load', at: clock.now }), skills });
    }
    return made;
  } finally {
    await school.close();
  }
}
