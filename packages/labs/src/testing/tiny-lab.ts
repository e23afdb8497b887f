import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { labSchema, type LabManifest } from '../contract/lab.ts';
import { madeTestSchema, toLabTest, type LabTest } from '../contract/test.ts';
import type { Lab } from '../load/lab.ts';

const MANIFEST = {
  contract: 1,
  id: 'tiny',
  title: 'A tiny lab',
  stage: 1,
  minutes: 10,
  languages: ['py', 'ts'],
  entry: { py: 'solution.py', ts: 'solution.ts' },
  targets: [
    { name: 'add', kind: 'function' },
    { name: 'asOfJoin', kind: 'function', py: 'as_of_join' },
    { name: 'Box', kind: 'class', methods: ['put', 'size', { name: 'isFull', py: 'is_full' }] },
  ],
  limits: { wallMs: 2000, memoryMb: 64, outputKb: 4 },
  rubric: [
    { id: 'sums', title: 'Sums', weight: 60, skills: ['adding'], by: 'tests' },
    { id: 'boxes', title: 'Boxes', weight: 30, skills: ['boxing'], by: 'tests' },
    { id: 'note', title: 'A note', weight: 10, skills: ['adding'], by: 'person' },
  ],
} as const;

/** The manifest as data, with some of it replaced. */
export function tinyManifest(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...structuredClone(MANIFEST), ...more };
}

/** A test from data, as `hidden.ts` writes it; hidden unless said otherwise. */
export function labTest(data: Record<string, unknown>, visible = false): LabTest {
  const about = { name: 'a test', rubric: 'sums', skill: 'adding' };
  return toLabTest(madeTestSchema.parse({ ...about, ...data }), visible);
}

export function tinyLab(tests: LabTest[] = [], more: Partial<Lab> = {}): Lab {
  const manifest: LabManifest = labSchema.parse(tinyManifest());
  return { ...manifest, folder: '/nowhere', tests, ...more };
}

const folders: string[] = [];

/** A folder with these files, removed after the test. */
export function folderOf(files: Record<string, string | Uint8Array>, name = 'tiny'): string {
  const parent = mkdtempSync(join(tmpdir(), 'labs-'));
  folders.push(parent);
  const root = join(parent, name);
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
