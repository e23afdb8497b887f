import { describe, expect, it } from 'vitest';
import type { School } from '../school.ts';
import { getReadiness, pingWithin } from './get-readiness.ts';

const schoolThat = (ping: () => Promise<void>) => ({ ping }) as School;

describe('readiness', () => {
  it('is there while the database answers', async () => {
    const readiness = await getReadiness(
      schoolThat(async () => {}),
      false,
    );
    expect(readiness).toMatchObject({ ready: true, leaving: false });
    expect(readiness.databaseMs).toBeGreaterThanOrEqual(0);
  });

  it('ends when the process is told to end', async () => {
    expect(
      await getReadiness(
        schoolThat(async () => {}),
        true,
      ),
    ).toMatchObject({ ready: false, leaving: true });
  });

  it('is not there where the database fails or says nothing', async () => {
    const failing = schoolThat(async () => {
      throw new Error('gone');
    });
    expect(await getReadiness(failing, false)).toMatchObject({ ready: false, databaseMs: null });
    const silent = schoolThat(() => new Promise<void>(() => {}));
    expect(await pingWithin(silent, 5)).toBeNull();
  });
});
