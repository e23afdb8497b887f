import type { School } from '../school.ts';
import { findMediaFile, type MediaFile } from '../store/cards/media.ts';

/** A picture or sound of a learner's cards, by the SHA-256 of its bytes; undefined where this learner has none such. */
export async function findMedia(
  school: School,
  learnerId: string,
  hash: string,
): Promise<MediaFile | undefined> {
  return /^[0-9a-f]{64}$/.test(hash) ? findMediaFile(school.db, learnerId, hash) : undefined;
}
