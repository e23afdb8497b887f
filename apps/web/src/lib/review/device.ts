import { keepWaiting, loadPack } from './device-store.ts';

export { handOver, keepPage } from './hand-over.ts';
export { default as OfflineReview } from './OfflineReview.svelte';

/** Keeps a grade that the server could not be given. @returns false where this device holds no cards to go on with */
export async function keepGrade(grade: {
  id: string;
  card: string;
  grade: 1 | 2 | 3 | 4;
  at: number;
  ms: number;
}): Promise<boolean> {
  const pack = await loadPack().catch(() => undefined);
  if (pack === undefined) return false;
  await keepWaiting({ ...grade, learnerId: pack.learnerId });
  return true;
}
