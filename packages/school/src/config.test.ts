import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, SETTINGS } from './config.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(parseConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      origin: 'http://localhost:3000',
      trustedOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      secret: null,
      clockOffsetMs: 0,
      rateLimit: true,
    });
    expect(parseConfig({}).contentDir).toMatch(/\/content$/);
    expect(parseConfig({}).dataDir).toMatch(/^\/.*\/data$/);
  });

  it('is described whole, each variable once and none that is not read', () => {
    const manual = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const described = [...manual.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(described.toSorted()).toEqual(SETTINGS.toSorted());
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('trusts the configured origin and no other', () => {
    expect(parseConfig({ EDIRAE_ORIGIN: 'https://learn.example.org/' })).toMatchObject({
      origin: 'https://learn.example.org',
      trustedOrigins: ['https://learn.example.org'],
    });
  });

  it.each([
    ['PORT', 'http', /^PORT: "http" was given; accepted: a whole number from 0 to 65535\.$/],
    ['PORT', '70000', /^PORT: "70000"/],
    ['EDIRAE_ORIGIN', 'learn.example.org', /^EDIRAE_ORIGIN: .*https origin/],
    ['EDIRAE_ORIGIN', 'https://example.org/path', /^EDIRAE_ORIGIN/],
    ['EDIRAE_CLOCK_OFFSET_MS', '2 days', /^EDIRAE_CLOCK_OFFSET_MS: "2 days"/],
    ['EDIRAE_RATE_LIMIT', 'no', /^EDIRAE_RATE_LIMIT: "no" was given; accepted: on or off\.$/],
    ['DATABASE_URL', 'mysql://root:hunter2@host/x', /^DATABASE_URL: a value of 27 characters was given/],
    ['EDIRAE_SECRET', 'hunter2', /^EDIRAE_SECRET: a value of 7 characters was given; accepted: at least 32/],
  ])('says in one line what is wrong with %s=%s', (name, value, message) => {
    const parse = () => parseConfig({ [name]: value });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(message);
    expect(() => parse()).not.toThrow(/hunter2|\n/);
  });
});
