import type { Variant } from '@edirae/curriculum';
import { issueItem, rankFamilies, type Place } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import { engineContext } from './ctx.ts';
import { createVariantChooser, firstFresh, type VariantChooser } from './fresh-variant.ts';
import type { ShownIssue } from './shown-issue.ts';

export interface IssueRequest {
  place: Place;
  sessionId: string | null;
  skill: string;
  /** Same seed, same choice. */
  seed: string;
  /** Practice may repeat a variant where nothing fresh is left; nothing else may. */
  allowStale: boolean;
  exclude?: string[];
}

export async function variantsFor(school: School, tx: LearnerTransaction): Promise<VariantChooser> {
  return createVariantChooser(school, tx.state, tx.now, await tx.store.listRetractions());
}

/** Chooses, records and returns a new issue; null where no variant may be shown. */
export async function issueNext(
  school: School,
  tx: LearnerTransaction,
  request: IssueRequest,
): Promise<ShownIssue | null> {
  const { place, skill, seed, allowStale, exclude } = request;
  const families = rankFamilies(tx.state, school.graph, {
    skill,
    place,
    seed,
    ...(exclude ? { exclude } : {}),
  });
  const chooser = await variantsFor(school, tx);
  let variant = firstFresh(chooser, families, seed);
  if (!variant && allowStale) {
    for (const family of families) {
      variant = chooser.any(family.id, `${seed}/stale`);
      if (variant) break;
    }
  }
  return variant && recordIssue(school, tx, variant, { ...request, retryOf: null });
}

/** Records that a variant is shown: an event, and a row that can be answered once. */
export async function recordIssue(
  school: School,
  tx: LearnerTransaction,
  variant: Variant,
  {
    place,
    sessionId,
    skill,
    retryOf,
  }: Pick<IssueRequest, 'place' | 'sessionId' | 'skill'> & { retryOf: string | null },
): Promise<ShownIssue> {
  const issueId = school.newId();
  tx.append(
    issueItem(tx.state, engineContext(school, tx.now), {
      issueId,
      place,
      sessionId,
      skill,
      family: variant.family,
      variant: variant.handle,
      fingerprint: variant.fingerprint,
      kind: variant.kind,
      level: variant.level,
      retryOf,
      familyHash: variant.familyHash,
    }),
  );
  const facts = tx.state.openIssues[issueId];
  if (!facts) throw new Error(`Issue ${issueId} was not opened by its own event`);
  await tx.store.insertIssue({ facts, variant, issuedAt: tx.now });
  return { facts, variant };
}
