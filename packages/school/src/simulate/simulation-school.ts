import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../config.ts';
import { openSchool, type School } from '../school.ts';
import type { SimulatedClock } from './simulated-learner.ts';

/** Monday morning, so that days in a report are easy to read. */
const START = Date.UTC(2026, 0, 5, 9);

/** The real school on a folder of its own, with seeded ids and a clock that the simulation moves. It is gone afterwards. */
export async function withSimulationSchool<T>(
  env: Record<string, string | undefined>,
  seed: string,
  run: (school: School, clock: SimulatedClock) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-simulate-'));
  const content = env['EDIRAE_CONTENT'];
  const config = parseConfig({
    EDIRAE_DATA: dataDir,
    EDIRAE_RATE_LIMIT: 'off',
    ...(content ? { EDIRAE_CONTENT: content } : {}),
  });
  const clock = { now: START };
  try {
    const school = await openSchool(config, { clock: () => clock.now });
    let ids = 0;
    try {
      return await run({ ...school, newId: () => `${seed}-${(ids += 1).toString(36)}` }, clock);
    } finally {
      await school.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
