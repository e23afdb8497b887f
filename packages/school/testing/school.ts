import type { Curriculum } from '@edirae/curriculum';
import { openSchool, type School } from '../src/school.ts';
import type { DatabaseKind } from '../src/store/database-kind.ts';
import { makePlace, type Place } from './databases.ts';
import { tinyCurriculum } from './tiny-curriculum.ts';

/** A real school in a place of its own, with a clock that the test sets. */
export interface TestSchool extends School {
  place: Place;
  time: { now: number };
  /** Closes it and opens it again on the same place, as a restart does. */
  reopen(): Promise<TestSchool>;
  /** Closes it and removes everything. */
  remove(): Promise<void>;
}

/** Opens a school for a test; settings are environment variables. */
export async function openTestSchool(
  kind: DatabaseKind,
  env: Record<string, string> = {},
  curriculum: Curriculum = tinyCurriculum(),
): Promise<TestSchool> {
  return open(await makePlace(kind, env), { now: Date.UTC(2026, 0, 5, 9) }, curriculum);
}

async function open(place: Place, time: { now: number }, curriculum: Curriculum): Promise<TestSchool> {
  const school = await openSchool(place.config, { clock: () => time.now, curriculum });
  const reopen = async () => {
    await school.close();
    return open(place, time, curriculum);
  };
  const remove = async () => {
    await school.close();
    await place.remove();
  };
  return { ...school, place, time, reopen, remove };
}

/** The headers of a browser that holds these cookies, as `set-cookie` values gave them. */
export function browser(...setCookies: string[][]): Headers {
  const jar = new Map<string, string>();
  for (const line of setCookies.flat()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    if (value === '' || /max-age=0/i.test(line)) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), value);
  }
  return new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') });
}
