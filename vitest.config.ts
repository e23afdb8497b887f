import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'content/**/*.test.ts', '*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 20_000,
    // `.ci/run` counts from the report; a person reads the default one.
    reporters: process.env.REPORT ? ['default', ['json', { outputFile: process.env.REPORT }]] : ['default'],
  },
});
