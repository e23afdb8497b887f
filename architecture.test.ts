import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may depend on whom, as ARCHITECTURE.md draws it. The linter enforces the same table on each import; this reads
 * the manifests and the sources, so that a comment cannot silence it.
 */
const allowed: Record<string, { own: string[]; libraries: string[] | 'any' }> = {
  'packages/engine': { own: [], libraries: ['ts-fsrs'] },
  'packages/curriculum': { own: ['@edirae/engine'], libraries: 'any' },
  'packages/anki': { own: [], libraries: ['yauzl', 'yazl', 'zod'] },
  'packages/labs': { own: [], libraries: 'any' },
  'packages/mentor': {
    own: [],
    libraries: [
      'ai',
      '@ai-sdk/anthropic',
      '@ai-sdk/google',
      '@ai-sdk/openai',
      '@ai-sdk/openai-compatible',
      'zod',
    ],
  },
  'packages/school': {
    own: ['@edirae/anki', '@edirae/engine', '@edirae/curriculum', '@edirae/labs', '@edirae/mentor'],
    libraries: 'any',
  },
  'apps/web': {
    own: ['@edirae/school', '@edirae/engine', '@edirae/curriculum', '@edirae/labs'],
    libraries: 'any',
  },
  'apps/cli': {
    own: ['@edirae/anki', '@edirae/school', '@edirae/engine', '@edirae/curriculum', '@edirae/labs'],
    libraries: 'any',
  },
};

/** Libraries that only one layer may know. */
const confined: [RegExp, string[]][] = [
  [/^kysely/, ['packages/school/src/store', 'packages/school/src/auth']],
  [/^better-auth|^@better-auth/, ['packages/school/src/store', 'packages/school/src/auth']],
  [/^pg$/, ['packages/school/src/store']],
  [/^ai$|^@ai-sdk/, ['packages/mentor/src']],
  [/^undici$/, ['packages/school/src/mentor']],
  [/^pg-boss$/, ['packages/school/src/jobs']],
  // But for the address of a file, which the page hands to its worker.
  [/^pyodide|^quickjs|^@jitl(?!.*\?url$)|^sucrase/, ['packages/labs/src']],
  [/^mathjs/, ['packages/curriculum/src', 'apps/web/src/lib']],
  [/^svelte|^@sveltejs/, ['apps/web']],
  [/^ts-fsrs/, ['packages/engine/src']],
  [/^yauzl|^yazl/, ['packages/anki/src']],
  [/^idb$/, ['apps/web/src/lib/review']],
];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', 'build', '.svelte-kit'].includes(entry.name) ? [] : sourceFiles(path);
    return /\.(ts|svelte|mjs)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const folders = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
);
const files = folders.flatMap(sourceFiles);
/** Without tests and what stands beside them. */
const shipped = files.filter((name) => !/\.test\.ts$|\/testing\//.test(name));

describe('the architecture', () => {
  it('names every package in the table', () => {
    expect(folders.filter((folder) => existsSync(join(folder, 'package.json'))).sort()).toEqual(
      Object.keys(allowed).sort(),
    );
  });

  it.each(Object.keys(allowed))('%s declares only what the table allows', (folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    const rule = allowed[folder]!;
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (name.startsWith('@edirae/')) expect(rule.own, `${folder} depends on ${name}`).toContain(name);
      else if (rule.libraries !== 'any')
        expect(rule.libraries, `${folder} depends on ${name}`).toContain(name);
    }
  });

  it.each(Object.keys(allowed))('%s imports only the packages of ours that it may', (folder) => {
    for (const file of files.filter((name) => name.startsWith(`${folder}/`))) {
      for (const source of importsOf(file)) {
        if (source.startsWith('@edirae/')) {
          const name = source.split('/').slice(0, 2).join('/');
          expect(allowed[folder]!.own, `${file} imports ${source}`).toContain(name);
        }
        expect(/^(\.\.\/)+(packages|apps)\//.test(source), `${file} reaches into ${source} by its path`).toBe(
          false,
        );
      }
    }
  });

  it('gives the web only the browser half of labs', () => {
    for (const file of shipped.filter((name) => name.startsWith('apps/web/')))
      for (const source of importsOf(file))
        expect(source, `${file} imports the half that starts processes`).not.toBe('@edirae/labs');
  });

  it('keeps Node out of the browser half of labs', () => {
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const source of importsOf(file)) {
        expect(source, `${file} would not load in a browser`).not.toMatch(/^node:/);
        const isType = new RegExp(`import type [^;]*['"]${source.replaceAll('.', '\\.')}['"]`).test(
          readFileSync(file, 'utf8'),
        );
        if (source.startsWith('.') && !isType) visit(join(dirname(file), source));
      }
    };
    for (const entry of ['browser.ts', 'browser/quickjs-worker.ts', 'browser/pyodide-worker.ts'])
      visit(join('packages/labs/src', entry));
    expect(seen.size).toBeGreaterThan(15);
  });

  it('keeps each confined library in its layer', () => {
    for (const file of shipped) {
      for (const source of importsOf(file)) {
        for (const [pattern, homes] of confined) {
          if (pattern.test(source))
            expect(
              homes.some((home) => file.startsWith(home)),
              `${file} imports ${source}`,
            ).toBe(true);
        }
      }
    }
  });

  it('gives the engine no clock, no chance and no network', () => {
    for (const file of shipped.filter((name) => name.startsWith('packages/engine/src'))) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(
        /\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bfetch\(|['"]node:/,
      );
    }
  });

  it('lets nothing but use cases and the store append to the ledger', () => {
    const appenders = shipped.filter((name) => /\btx\.append\(/.test(readFileSync(name, 'utf8')));
    expect(appenders.length).toBeGreaterThan(0);
    for (const file of appenders) expect(file).toMatch(/^packages\/school\/src\/(usecases|issuing|store)\//);
  });

  it('gives the mentor nothing but words: no file, no socket, no database, no school', () => {
    const sources = shipped.filter((name) => name.startsWith('packages/mentor/src'));
    expect(sources.length).toBeGreaterThan(10);
    for (const file of sources) {
      expect(
        importsOf(file).filter((source) => /^(node:|@edirae\/)/.test(source)),
        file,
      ).toEqual([]);
      expect(readFileSync(file, 'utf8'), file).not.toMatch(
        /\bprocess\.|\bglobalThis\.fetch\(|\bawait fetch\(\s*['"`]/,
      );
    }
  });

  it('names no drawer that tells nothing', () => {
    const drawers = files.filter((name) =>
      /(^|\/)(utils?|helpers?|common|shared|misc|manager|service|handler)(\/|\.)/.test(name),
    );
    expect(drawers).toEqual([]);
  });

  it('keeps every source file under the wall of 400 lines', () => {
    const long = files.filter((name) => readFileSync(name, 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });
});
