import type { Operation, Stats, Test } from './scripts.ts';
import { base, never, options, replay } from './scripts.ts';

/** Tests of what happens when the real use of a request is known. */
export function settlement(costs: (mean: number) => number): Test[] {
  // Both tenants use the same; a declares a third of it.
  const liar: Operation[] = [];
  const real: Record<string, number> = {};
  for (let i = 0; i < 600; i++)
    for (const tenant of ['a', 'b']) {
      const uses = costs(60);
      const cost = tenant === 'a' ? Math.ceil(uses / 3) : uses;
      real[`${tenant}${i}`] = uses;
      liar.push(['offer', { id: `${tenant}${i}`, tenant, cost, uses, deadline: never }, 0]);
    }
  for (let now = 0; now < 15_000; now += 10) liar.push(['next', now], ['next', now], ['finish', now], ['finish', now]);
  const one = (id: string, cost: number, uses: number) => ({ id, tenant: 'a', cost, uses, deadline: never });
  const tokens = (name: string, operations: Operation[], expected: unknown[]): Test => ({
    name,
    rubric: 'settlement',
    skill: 'async-backpressure',
    steps: replay(options({ a: 1 }), operations),
    check: ([results]) => {
      const got = (results as unknown[]).map((result) => (result as Stats | null)?.tokens ?? result);
      const wrong = expected.findIndex((want, i) =>
        typeof want === 'number' ? Math.abs((got[i] as number) - want) > 1e-6 : want !== undefined && got[i] !== want,
      );
      return wrong < 0
        ? null
        : `${JSON.stringify(operations[wrong])} gives ${got[wrong]}, not ${expected[wrong]}`;
    },
  });
  const any = undefined;
  return [
    tokens(
      'what was not used flows back, up to the rim',
      [
        ['offer', one('x', 600, 150), 0],
        ['next', 0],
        ['settle', 'x', 150, 50],
        ['stats', 50],
        ['offer', one('y', 300, 0), 50],
        ['next', 50],
        ['settle', 'y', 0, 100],
        ['stats', 100],
      ],
      [any, 'x', true, 950, any, 'y', true, 1000],
    ),
    tokens(
      'what was used beyond the declared cost is a debt that the rate pays off',
      [
        ['offer', one('x', 900, 1600), 0],
        ['offer', one('y', 100, 100), 0],
        ['next', 0],
        ['settle', 'x', 1600, 0],
        ['stats', 0],
        ['next', 300],
        ['stats', 300],
        ['next', 350],
      ],
      [any, any, 'x', true, -600, null, 0, 'y'],
    ),
    tokens(
      'a request is settled once, and only after it was started',
      [
        ['offer', one('x', 400, 100), 0],
        ['settle', 'x', 100, 0],
        ['next', 0],
        ['settle', 'x', 100, 0],
        ['settle', 'x', 100, 0],
        ['settle', 'nobody', 100, 0],
        ['stats', 0],
      ],
      [any, false, 'x', true, false, false, 900],
    ),
    {
      name: 'shares hold for what is really used, not for what is declared',
      rubric: 'settlement',
      skill: 'async-backpressure',
      steps: replay(options({ a: 1, b: 1 }), liar),
      check: ([results]) => {
        const used: Record<string, number> = { a: 0, b: 0 };
        for (const [i, operation] of liar.entries()) {
          const id = (results as unknown[])[i];
          if (operation[0] === 'next' && typeof id === 'string') used[id[0]!]! += real[id] ?? 0;
        }
        const all = used['a']! + used['b']!;
        if (all < 0.9 * 15 * base.rate) return `only ${all} tokens were used in 15 s`;
        if (all > base.burst + 15 * base.rate + 3 * 900) return `${all} tokens were used; the rate allows ${15 * base.rate}`;
        const share = used['a']! / all;
        return Math.abs(share - 0.5) > 0.05
          ? `the tenant that declares too little got ${(100 * share).toFixed(1)}% instead of half`
          : null;
      },
    },
  ];
}
