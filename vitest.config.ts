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
    // `.ci/run` counts from the report; a person reads the default one.
    reporters: process.env.REPORT
      ? ['default', ['json', { outputFile: process.env.REPORT }] as const]
      : ['default'],
  },
});
