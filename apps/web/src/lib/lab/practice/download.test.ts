import { describe, expect, it } from 'vitest';
import { download } from './download.ts';

const bodies: Record<string, string[]> = { '/a': ['12', '345'], '/b': ['6789'] };

const get = (async (url: string) => {
  const parts = bodies[url];
  if (!parts) return new Response('', { status: 404 });
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    }),
  );
}) as typeof fetch;

describe('fetching ahead', () => {
  it('tells how many bytes have come, over all files', async () => {
    const told: number[] = [];
    await download(['/a', '/b'], AbortSignal.timeout(60_000), (bytes) => told.push(bytes), get);
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toBe(9);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('fails where one file is not there', async () => {
    const missing = download(['/a', '/none'], AbortSignal.timeout(60_000), () => undefined, get);
    await expect(missing).rejects.toThrow('/none could not be fetched: 404');
  });
});
