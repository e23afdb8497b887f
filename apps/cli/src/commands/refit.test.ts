import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_VOCABULARY } from '@edirae/curriculum';
import { openSchool, parseConfig } from '@edirae/school';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runRefit } from './refit.ts';

const EMPTY = {
  hash: 'none',
  modules: [],
  skills: new Map(),
  families: new Map(),
  graph: { skills: new Map(), order: [] },
  resources: [],
  careers: [],
  certifications: [],
  interviewPrompts: [],
  labs: [],
  vocabulary: EMPTY_VOCABULARY,
};

describe('edirae refit', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-refit-'));
  beforeAll(async () => {
    vi.stubEnv('EDIRAE_DATA', dataDir);
    const school = await openSchool(parseConfig({ EDIRAE_DATA: dataDir }), { curriculum: EMPTY });
    await school.close();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(dataDir, { recursive: true, force: true });
  });
  afterEach(() => void vi.restoreAllMocks());

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true));
    const code = await runRefit(args);
    vi.restoreAllMocks();
    return { code, ...said };
  }

  it('refuses under a hundred learners in one clear line', async () => {
    expect(await run('--dry-run')).toEqual({
      code: 1,
      out: '0 of 100 learners with answers: too few to fit. The estimator stays as it is.\n',
      err: '',
    });
    expect(JSON.parse((await run('--json')).out)).toEqual({ outcome: 'too-few', learners: 0, needs: 100 });
  });

  it('says how it is called', async () => {
    expect(await run('--adopt', '--dry-run')).toMatchObject({ code: 2, out: '' });
    expect((await run('--force')).err).toBe('usage: edirae refit [--adopt] [--json]\n');
  });
});
