import { describe, expect, it } from 'vitest';
import { canonical, checkChain, checkInPieces, hashRow, type ChainRow } from './chain.ts';

async function chain(bodies: unknown[]): Promise<{ rows: ChainRow[]; head: { seq: number; hash: string } }> {
  const rows: ChainRow[] = [];
  for (const [i, body] of bodies.entries()) {
    const row = {
      seq: i + 1,
      at: 1000 + i,
      type: 'attempt',
      body,
      prev: rows.at(-1)?.hash ?? '0'.repeat(64),
    };
    rows.push({ ...row, hash: await hashRow('learner', row) });
  }
  return { rows, head: { seq: rows.length, hash: rows.at(-1)?.hash ?? '0'.repeat(64) } };
}

describe('the canonical form', () => {
  it('follows the example of RFC 8785', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000F\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code unit and leaves out what is undefined', () => {
    expect(canonical({ '€': 1, '\r': 2, '1': 3, é: 4, '😀': 5, gone: undefined })).toBe(
      '{"\\r":2,"1":3,"é":4,"€":1,"😀":5}',
    );
  });

  it('refuses what JSON cannot write', () => {
    expect(() => canonical({ p: Number.NaN })).toThrow();
  });
});

describe('the chain', () => {
  it('is intact as written, and when empty', async () => {
    const { rows, head } = await chain([{ b: 1, a: 2 }, { p: 0.74 }, null]);
    expect(await checkChain('learner', rows, head)).toEqual({ intact: true, rows: 3 });
    expect(await checkChain('learner', [], { seq: 0, hash: '0'.repeat(64) })).toEqual({
      intact: true,
      rows: 0,
    });
  });

  it('names the row whose content was changed', async () => {
    const { rows, head } = await chain([
      { outcome: 'correct' },
      { outcome: 'incorrect' },
      { outcome: 'correct' },
    ]);
    rows[1] = { ...rows[1]!, body: { outcome: 'correct' } };
    expect(await checkChain('learner', rows, head)).toMatchObject({ intact: false, row: 2 });
  });

  it('notices a cut tail, a missing row, another learner and a time that goes back', async () => {
    const { rows, head } = await chain([1, 2, 3]);
    expect(await checkChain('learner', rows.slice(0, 2), head)).toMatchObject({ intact: false, row: 3 });
    expect(await checkChain('learner', [rows[0]!, rows[2]!], head)).toMatchObject({ intact: false, row: 2 });
    expect(await checkChain('someone', rows, head)).toMatchObject({ intact: false, row: 1 });
    const late = { ...rows[1]!, at: 1 };
    expect(
      await checkChain('learner', [rows[0]!, { ...late, hash: await hashRow('learner', late) }], head),
    ).toMatchObject({ intact: false, row: 2 });
  });

  describe('given in pieces', () => {
    const inPieces = async (size: number, change: (rows: ChainRow[]) => void = () => {}) => {
      const { rows, head } = await chain(Array.from({ length: 7 }, (_, i) => i));
      change(rows);
      const told: string[] = [];
      const verdict = await checkInPieces(
        async (seq) => ({
          learnerId: 'learner',
          events: rows.filter((row) => row.seq > seq).slice(0, size),
          head,
        }),
        (checked, of) => told.push(`${checked}/${of}`),
      );
      return { verdict, told };
    };

    it('is checked to its end, whatever the size of the pieces', async () => {
      for (const size of [1, 3, 7, 100])
        expect((await inPieces(size)).verdict).toEqual({ intact: true, rows: 7 });
      expect((await inPieces(3)).told).toEqual(['3/7', '6/7']);
    });

    it('breaks where a row was changed in a later piece, and where the rows end before the head', async () => {
      const changed = await inPieces(2, (rows) => (rows[5] = { ...rows[5]!, body: 'else' }));
      expect(changed.verdict).toMatchObject({ intact: false, row: 6 });
      const cut = await inPieces(2, (rows) => rows.pop());
      expect(cut.verdict).toMatchObject({ intact: false, row: 7 });
    });
  });
});
