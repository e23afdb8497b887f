import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Curriculum } from '@edirae/curriculum';
import { tinyCurriculum } from './tiny-curriculum.ts';

/** A lab in TypeScript and JavaScript, small enough to be graded in a moment: prices, by rules that can be got wrong. */
const FILES: Readonly<Record<string, string>> = {
  'lab.yaml': `contract: 1
id: prices
title: Prices
stage: 1
minutes: 20
languages: [ts]
entry: { ts: solution.ts }
targets: [{ name: price, kind: function }, { name: basket, kind: function }]
limits: { wallMs: 4000, memoryMb: 64, outputKb: 4 }
rubric:
  - { id: one, title: One price, weight: 60, skills: [a], by: tests }
  - { id: all, title: A basket, weight: 30, skills: [a, b], by: tests }
  - { id: note, title: A note, weight: 10, skills: [c], by: person }
`,
  'instructions.md':
    'The shop next door sells by the *piece*.\n\nFrom ten pieces on, one in ten is free. A basket that costs more than 100 is sent for nothing, else sending costs 5.\n',
  'hints.md':
    '## Free pieces\n\nCount whole tens.\n\n## Sending\n\nCompare the sum **before** sending is added.\n',
  'starter/solution.ts':
    'export function price(each: number, pieces: number): number {\n  return 0;\n}\n\nexport function basket(lines: [number, number][]): number {\n  return 0;\n}\n',
  'tests/visible.yaml': `- { name: a few pieces, rubric: one, skill: a, steps: [{ call: price, args: [3, 4] }], expect: 12 }
- { name: ten pieces, rubric: one, skill: a, steps: [{ call: price, args: [3, 10] }], expect: 27 }
- { name: a small basket, rubric: all, skill: b, steps: [{ call: basket, args: [[[3, 4], [2, 5]]] }], expect: 27 }
- { name: a large basket, rubric: all, skill: b, steps: [{ call: basket, args: [[[30, 4], [2, 5]]] }], expect: 130 }
`,
  'tests/hidden.yaml':
    '- { name: hidden twenty, rubric: one, skill: a, steps: [{ call: price, args: [7, 4711] }], expect: 29680 }\n',
  'tests/hidden.ts': `export function tests(random: () => number) {
  const each = 101 + Math.floor(random() * 19);
  return [
    { name: 'hidden drawn', rubric: 'all', skill: 'b', steps: [{ call: 'basket', args: [[[each, 1]]] }],
      check: ([got]: unknown[]) => (got === each ? null : 'secret-message ' + each) },
  ];
}
`,
};

const RIGHT = `export function price(each: number, pieces: number): number {
  const free = Math.floor(pieces / 10);
  return each * (pieces - free);
}

export function basket(lines: [number, number][]): number {
  let sum = 0;
  for (const [each, pieces] of lines) {
    sum += price(each, pieces);
  }
  if (sum > 100) return sum;
  return sum + 5;
}
`;

/** What is handed in for the tiny lab. */
export const PRICES = {
  right: { 'solution.ts': RIGHT },
  /** Right where it can be seen; the hidden tests know better. */
  wrong: { 'solution.ts': RIGHT.replace('sum > 100', 'sum > 120') },
  loop: { 'solution.ts': 'export function price(): number { for (;;) {} }' },
  broken: { 'solution.ts': 'export function price( {' },
  /** Says of itself that it is right, in every way it can think of. */
  forged: {
    'solution.ts':
      'console.log(JSON.stringify({ status: "passed", score: { total: 100 } }));\nexport const price = () => ({ passed: true, toJSON: () => 12, valueOf: () => 12 });\nexport const basket = () => new Proxy({}, { get: () => 27 });',
  },
} as const;

/** A folder of content that holds the tiny lab, and a curriculum that knows it. */
export function makeLabContent(): { contentDir: string; curriculum: Curriculum; remove(): void } {
  const contentDir = mkdtempSync(join(tmpdir(), 'edirae-labs-'));
  const write = (path: string, text: string) => {
    const file = join(contentDir, 'labs/prices', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  write('solution/solution.ts', RIGHT.replace('let sum', '// The reference.\n  let sum'));
  const head = { id: 'prices', title: 'Prices', stage: 1, minutes: 20, capstone: null };
  const curriculum = { ...tinyCurriculum(), labs: [{ ...head, skills: ['a', 'b', 'c'] }] };
  return { contentDir, curriculum, remove: () => rmSync(contentDir, { recursive: true }) };
}
