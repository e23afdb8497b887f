import { compileModule } from 'svelte/compiler';
import { defineConfig, type Plugin } from 'vitest/config';

/** Known to the transformer, not yet to its type. */
const withoutTsconfig: object = { tsconfig: false };

/** State of the pages that lives in `.svelte.ts` files, compiled as on the server: plain values. */
const runes: Plugin = {
  name: 'runes',
  enforce: 'post',
  transform(code, id) {
    if (!id.endsWith('.svelte.ts')) return undefined;
    return { code: compileModule(code, { filename: id, generate: 'server' }).js.code, map: null };
  },
};

export default defineConfig({
  plugins: [runes],
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
