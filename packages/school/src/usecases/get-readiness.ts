import type { School } from '../school.ts';

/** May requests be sent here? */
export interface Readiness {
  ready: boolean;
  /** Milliseconds that the database took; null where it did not answer in time. */
  databaseMs: number | null;
  /** The process was told to end. */
  leaving: boolean;
}

/** Milliseconds after which a database that has not answered is away. */
const PATIENCE = 2_000;

/** Looks whether the database answers. Never throws. @param leaving the process was told to end */
export async function getReadiness(school: School, leaving: boolean): Promise<Readiness> {
  const databaseMs = await pingWithin(school, PATIENCE);
  return { ready: databaseMs !== null && !leaving, databaseMs, leaving };
}

/** Milliseconds until the database answered, or null where it failed or took longer. */
export async function pingWithin(school: Pick<School, 'ping'>, patience: number): Promise<number | null> {
  const from = performance.now();
  const answered = school.ping().then(
    () => true,
    () => false,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), patience);
  });
  const isThere = await Promise.race([answered, late]);
  clearTimeout(timer);
  return isThere ? Math.round((performance.now() - from) * 10) / 10 : null;
}
