import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePlace, type Place } from '../testing/databases.ts';
import { tinyCurriculum } from '../testing/tiny-curriculum.ts';
import { openSchool } from './school.ts';
import { closeSecretFile, SecretFileError } from './secret.ts';

let place: Place;
let file: string;
beforeEach(async () => {
  place = await makePlace('sqlite');
  file = join(place.config.dataDir, 'secret');
  await start();
});
afterEach(() => place.remove());

const start = async () => (await openSchool(place.config, { curriculum: tinyCurriculum() })).close();

it('is made at the first start, for its owner alone, and stays', async () => {
  const first = readFileSync(file, 'utf8');
  expect(first.trim().length).toBeGreaterThanOrEqual(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(closeSecretFile(place.config)).toBeUndefined();
  await start();
  expect(readFileSync(file, 'utf8')).toBe(first);
});

it('that others can read is taken from them at the next start, and the operator is told', async () => {
  chmodSync(file, 0o644);
  expect(closeSecretFile(place.config)).toContain('could read');
  chmodSync(file, 0o644);
  await start();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('that was emptied is not replaced: the start is refused with what to do', async () => {
  writeFileSync(file, '');
  await expect(start()).rejects.toThrow(SecretFileError);
  expect(readFileSync(file, 'utf8')).toBe('');
});
