import { access } from './access.ts';
import type { Test } from './kinds.ts';
import { operations } from './operations.ts';
import { quality } from './quality.ts';
import { createInsurer } from './world.ts';

export function tests(random: () => number): Test[] {
  const insurer = createInsurer(random);
  return [...access(insurer), ...quality(insurer), ...operations(insurer, random)];
}
