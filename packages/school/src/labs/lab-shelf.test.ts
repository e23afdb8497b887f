import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeLabContent } from '../../testing/tiny-labs.ts';
import type { Log } from '../telemetry/log.ts';
import { createLabShelf } from './lab-shelf.ts';

let remove = () => {};
afterEach(() => remove());

function open(ids: string[]) {
  const content = makeLabContent();
  remove = content.remove;
  const said: unknown[] = [];
  const log: Log = { info: () => {}, warn: () => {}, error: (_event, fields) => void said.push(fields) };
  return {
    shelf: createLabShelf(content.contentDir, ids, log),
    said,
    labs: join(content.contentDir, 'labs'),
  };
}

it('holds a lab with its texts, each language with its own files', async () => {
  const { shelf } = open(['prices']);
  expect(await shelf.find('prices')).toMatchObject({
    story: 'The shop next door sells by the piece.',
    hints: [{ title: 'Free pieces', text: 'Count whole tens.' }, { title: 'Sending' }],
    hidden: 2,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  const found = await shelf.find('prices');
  expect(Object.keys(found?.starter.ts ?? {})).toEqual(['solution.ts']);
  expect(found?.starter.py).toBeUndefined();
});

it('serves no folder that the curriculum does not know', async () => {
  const { shelf } = open([]);
  expect(await shelf.find('prices')).toBeUndefined();
  expect(await shelf.list()).toEqual([]);
});

it('leaves out a lab that cannot be read, says why, and finds it once it can', async () => {
  const { shelf, said, labs } = open(['prices', 'broken']);
  expect((await shelf.list()).map(({ lab }) => lab.id)).toEqual(['prices']);
  expect(said).toMatchObject([{ lab: 'broken', problem: expect.stringContaining('lab.yaml') as string }]);
  mkdirSync(join(labs, 'broken/tests'), { recursive: true });
  const { lab } = (await shelf.find('prices'))!;
  const { folder: _folder, tests: _tests, makeTests: _make, ...manifest } = lab;
  writeFileSync(join(labs, 'broken/lab.yaml'), JSON.stringify({ ...manifest, id: 'broken' }));
  writeFileSync(
    join(labs, 'broken/tests/visible.yaml'),
    '- { name: x, rubric: one, skill: a, steps: [{ call: price, args: [] }], expect: 1 }\n',
  );
  expect((await shelf.find('broken'))?.lab.id).toBe('broken');
});
