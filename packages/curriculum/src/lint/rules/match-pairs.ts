import type { LintRule } from '../rule.ts';

/** In a matching each left entry occurs once and no extra is a right answer; wrong orders are orders of the same steps. */
export const matchPairs: LintRule = {
  name: 'match-pairs',
  check({ skills, families, error }) {
    for (const family of skills.flatMap(families)) {
      const { source } = family;
      if (source.kind === 'match') {
        for (const [n, { pairs, extra }] of source.variants.entries()) {
          const left = pairs.map((pair) => pair.left);
          if (new Set(left).size < left.length)
            error(family.file, ['variants', n, 'pairs'], 'has the same entry on the left twice');
          for (const text of extra) {
            if (pairs.some((pair) => pair.right === text))
              error(
                family.file,
                ['variants', n, 'extra'],
                `lists “${text}” as extra, but it is the answer of a pair`,
              );
          }
          if (new Set(pairs.map((pair) => pair.right)).size < 2)
            error(family.file, ['variants', n, 'pairs'], 'has only one answer on the right');
        }
      } else if (source.kind === 'order') {
        for (const [n, { sequence, wrong }] of source.variants.entries()) {
          for (const [m, each] of wrong.entries()) {
            const spot = ['variants', n, 'wrong', m];
            const same = [...each.sequence].sort().join('\n') === [...sequence].sort().join('\n');
            if (!same)
              error(family.file, spot, 'is not an order of the same steps; copy their texts exactly');
            else if (each.sequence.every((text, k) => text === sequence[k]))
              error(family.file, spot, 'is the right order');
          }
        }
      }
    }
  },
};
