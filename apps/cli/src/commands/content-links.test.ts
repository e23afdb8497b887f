import type { Resource } from '@edirae/curriculum';
import { describe, expect, it } from 'vitest';
import { checkLinks, linkReport } from './content-links.ts';

const resource = (url: string, more: Partial<Resource> = {}): Resource => ({
  title: url,
  url,
  formerly: [],
  type: 'docs',
  skills: [],
  confidence: 'high',
  ...more,
});

interface Asked {
  url: string;
  method: string;
}

/** A web of given answers; what it does not know cannot be reached. */
function web(answers: Record<string, (method: string) => Response>): {
  fetch: typeof fetch;
  asked: Asked[];
} {
  const asked: Asked[] = [];
  const answer = (async (url: string, init: RequestInit) => {
    asked.push({ url, method: init.method ?? 'GET' });
    const found = answers[url];
    if (!found) throw new TypeError('fetch failed');
    return found(init.method ?? 'GET');
  }) as typeof fetch;
  return { fetch: answer, asked };
}

const options = (from: typeof fetch) => ({ fetch: from, timeoutMs: 1_000, pauseMs: 7, wait: async () => {} });

describe('links of resources', () => {
  it('work, have moved, are dead, or nobody can say', async () => {
    const { fetch: from } = web({
      'https://a.example/': () => new Response(null, { status: 200 }),
      'https://b.example/': () => new Response(null, { status: 301, headers: { location: '/new' } }),
      'https://c.example/': () => new Response(null, { status: 404 }),
      'https://d.example/': () => new Response(null, { status: 503 }),
      'https://e.example/': (method) => new Response(null, { status: method === 'HEAD' ? 405 : 200 }),
    });
    const urls = ['a', 'b', 'c', 'd', 'e', 'f'].map((host) => resource(`https://${host}.example/`));
    const verdicts = await checkLinks(urls, options(from));
    expect(verdicts?.map(({ found }) => found)).toEqual([
      'works',
      'moved',
      'dead',
      'unknown',
      'works',
      'unknown',
    ]);
    expect(verdicts?.[1]).toMatchObject({ to: 'https://b.example/new' });
    expect(linkReport(verdicts ?? [])).toContain('6 links: 2 work, 1 moved, 1 dead, 2 unknown');
  });

  it('are not asked for where nothing answers: that is no network, and no finding', async () => {
    const { fetch: from, asked } = web({});
    const urls = Array.from({ length: 60 }, (_, n) => resource(`https://h${n}.example/`));
    expect(await checkLinks(urls, options(from))).toBeNull();
    expect(asked.length).toBeLessThan(20);
  });

  it('of one host are asked one after another, with a pause, and retired ones not at all', async () => {
    const pauses: number[] = [];
    const page = () => new Response(null, { status: 200 });
    const { fetch: from, asked } = web({ 'https://a.example/1': page, 'https://a.example/2': page });
    await checkLinks(
      [
        resource('https://a.example/1'),
        resource('https://a.example/2'),
        resource('https://a.example/3', { retired: 'It is gone.' }),
      ],
      { ...options(from), wait: async (ms) => void pauses.push(ms) },
    );
    expect(asked.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(pauses).toEqual([7]);
  });
});
