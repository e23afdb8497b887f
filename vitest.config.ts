import { defineConfig } from 'vitest/config';

/** Known to the transformer, not yet to its type. */
const withoutTsconfig: object = { tsconfig: false };

export default defineConfig({
  // The web's tsconfig extends one that Kit writes; tests only strip types and need neither.
  oxc: { include: /\.[cm]?ts$/, ...withoutTsconfig },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'content/**/*.test.ts',
      '*.test.ts',
      'bench/**/*.test.ts',
      'deploy/*.test.ts',
    ],
    testTimeout: 20_000,
    // Where other work shares the machine a time-out is no fault of ours; `scripts/count-report.ts` names what passed only the second time.
    retry: process.env.CI ? 1 : 0,
    // `.ci/run` counts from the report; a person reads the default one.
    reporters: process.env.REPORT
      ? ['default', ['json', { outputFile: process.env.REPORT }] as const]
      : ['default'],
  },
});
