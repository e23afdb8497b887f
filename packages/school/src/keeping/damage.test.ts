import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { tinyCurriculum } from '../../testing/tiny-curriculum.ts';
import { openSchool } from '../school.ts';
import { isDamaged } from '../store/damage.ts';
import { DATABASE_FILE } from '../store/sqlite.ts';
import { backUp } from '../usecases/back-up.ts';
import { restoreSchool } from '../usecases/restore-school.ts';

let place: Place;
let folder: string;
let file: string;
beforeEach(async () => {
  place = await makePlace('sqlite');
  folder = mkdtempSync(join(tmpdir(), 'edirae-damage-'));
  file = join(place.config.dataDir, DATABASE_FILE);
  const school = await openSchool(place.config, { curriculum: tinyCurriculum() });
  await startLearner(school);
  await school.close();
  await backUp(place.config, join(folder, 'b'), { by: 'test' });
});
afterEach(async () => {
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes nonsense over a part of the database. */
function spoil(from: number, to: number): Buffer {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, Math.min(to, bytes.length));
  writeFileSync(file, bytes);
  return bytes;
}

describe.each([
  ['whose first page is nonsense', 0, 4096],
  ['whose pages are nonsense, but for the first', 4096, Number.MAX_SAFE_INTEGER],
])('a database %s', (_, from, to) => {
  it('is not backed up as if it were whole', async () => {
    spoil(from, to);
    const error = await backUp(place.config, join(folder, 'c'), { by: 'test' }).catch((thrown) => thrown);
    expect(isDamaged(error)).toBe(true);
    expect(existsSync(join(folder, 'c'))).toBe(false);
  });

  it('gives way to a backup, where that is asked for, and is put aside as it is', async () => {
    const spoilt = spoil(from, to);
    writeFileSync(`${file}-wal`, 'what a killed server left');
    await expect(restoreSchool(place.config, join(folder, 'b'), { replace: false })).rejects.toThrow(
      /--replace/,
    );
    expect(readFileSync(file).equals(spoilt)).toBe(true);
    const { verification, keptAs } = await restoreSchool(place.config, join(folder, 'b'), { replace: true });
    expect(verification).toMatchObject({ ok: true, learners: 1 });
    expect(readFileSync(keptAs ?? '').equals(spoilt)).toBe(true);
    const school = await openSchool(place.config, { curriculum: tinyCurriculum() });
    await school.close();
  });
});
