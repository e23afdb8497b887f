import { describe, expect, it } from 'vitest';
import { createRandom } from '../contract/random.ts';
import { varySteps } from './vary-steps.ts';

describe('varied steps', () => {
  it('differ in one or two numbers, of the same sort, and leave the test as it was', () => {
    const steps = [{ call: 'f', args: [3, { rate: 0.5, name: 'x' }, [10, 20]] }];
    const before = structuredClone(steps);
    for (let n = 0; n < 50; n++) {
      const varied = varySteps(steps, createRandom(`${n}`))!;
      const [three, { rate, name }, list] = (varied[0] as (typeof steps)[0]).args as [
        number,
        { rate: number; name: string },
        number[],
      ];
      const changed = [three !== 3, rate !== 0.5, list[0] !== 10, list[1] !== 20].filter(Boolean).length;
      expect(changed).toBeLessThanOrEqual(2);
      expect(name).toBe('x');
      expect([three, ...list].every((value) => Number.isInteger(value) && value > 0)).toBe(true);
    }
    expect(steps).toEqual(before);
  });

  it('are none where there is no number, or only such as belong to a tag', () => {
    expect(varySteps([{ call: 'f', args: ['a', { $: 'float', value: 1 }] }], createRandom('a'))).toBeNull();
    expect(varySteps([{ on: 'a', get: 'size' }], createRandom('a'))).toBeNull();
  });
});
