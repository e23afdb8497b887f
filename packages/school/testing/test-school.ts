import { loadCurriculum, type Curriculum } from '@edirae/curriculum';
import { openSchool, type School } from '../src/school.ts';
import { startGuest } from '../src/usecases/start-guest.ts';
import type { DatabaseKind } from '../src/store/database-kind.ts';
import { makePlace } from './databases.ts';

/** A school on the real content, with a clock that the test sets. */
export interface TestSchool {
  school: School;
  time: { now: number };
  newLearner(): Promise<string>;
  close(): Promise<void>;
}

const START = Date.UTC(2026, 0, 5, 9);

let loaded: Promise<Curriculum> | undefined;

async function loadOnce(contentDir: string): Promise<Curriculum> {
  const { curriculum, findings } = await loadCurriculum(contentDir);
  if (!curriculum) throw new Error(`The content does not load: ${findings[0]?.message ?? 'unknown'}`);
  return curriculum;
}

/** Opens a school in an empty place. The content is loaded once a process. */
export async function openTestSchool(
  kind: DatabaseKind,
  env: Record<string, string> = {},
): Promise<TestSchool> {
  const place = await makePlace(kind, env);
  const time = { now: START };
  loaded ??= loadOnce(place.config.contentDir);
  const school = await openSchool(place.config, { clock: () => time.now, curriculum: await loaded });
  return {
    school,
    time,
    newLearner: async () => {
      const started = await startGuest(school, { client: 'test' });
      if (started.outcome !== 'started') throw new Error(`No guest: ${started.outcome}`);
      return started.learnerId;
    },
    close: async () => {
      await school.close();
      await place.remove();
    },
  };
}
