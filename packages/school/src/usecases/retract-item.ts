import { hasVariant, variantHandle } from '@edirae/curriculum';
import {
  retractItem as decideRetraction,
  type NewEvent,
  type Outcome,
  type RetractedIssue,
} from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { engineContext } from '../issuing/ctx.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import { listLearnersIssued } from '../store/issues.ts';
import { LearnerNotFound } from '../store/learners.ts';
import { recordAct } from './record-act.ts';
import { findRetraction, insertRetraction } from '../store/retractions.ts';

export interface ItemToRetract {
  family: string;
  /** An author's id, a handle as in the ledger, or a seed. Null: the whole family. */
  variant: string | null;
  reason: string;
}

export interface RetractedItem {
  outcome: 'retracted';
  retractionId: string;
  /** Learners who were shown it. */
  learners: number;
  /** Those whose ledger was corrected now; the others were corrected before. */
  corrected: number;
}

/**
 * Retracts a family or one variant: it is never issued again, its misses stop counting and passes that rested on
 * it are marked. Each learner is corrected in a transaction of their own; run again after an interruption, it
 * goes on with those still to do.
 * @param by who asked for it, for the audit log
 */
export async function retractItem(
  school: School,
  named: ItemToRetract,
  by: string,
): Promise<RetractedItem | { outcome: 'unknown-family' } | { outcome: 'unknown-variant' }> {
  const item = { ...named, variant: toHandle(school, named) };
  const isKnown =
    school.curriculum.families.has(item.family) ||
    (await listLearnersIssued(school.db, item.family, null)).length > 0;
  if (!isKnown) return { outcome: 'unknown-family' };
  if (item.variant === named.variant && !(await wasOrIs(school, item))) return { outcome: 'unknown-variant' };
  // First the retraction itself: from now on nobody is shown the item any more.
  const earlier = await findRetraction(school.db, item.family, item.variant);
  const retraction = earlier ?? { id: school.newId(), ...item, at: school.clock() };
  if (earlier === undefined) await insertRetraction(school.db, retraction);
  await recordAct(school.db, { act: 'retract', details: { ...item, retractionId: retraction.id } }, by);
  const learners = await listLearnersIssued(school.db, item.family, item.variant);
  let corrected = 0;
  for (const learnerId of learners)
    if (await correct(school, learnerId, { ...item, reason: retraction.reason })) corrected += 1;
  return { outcome: 'retracted', retractionId: retraction.id, learners: learners.length, corrected };
}

/** The variant is a seed of its family, or was shown to somebody. */
async function wasOrIs(school: School, { family: id, variant }: ItemToRetract): Promise<boolean> {
  if (variant === null) return true;
  const family = school.curriculum.families.get(id);
  return (
    (family !== undefined && hasVariant(family, variant)) ||
    (await listLearnersIssued(school.db, id, variant)).length > 0
  );
}

/** An author's id of a variant becomes its handle, under which it was issued; a handle or a seed stays. */
function toHandle(school: School, { family: id, variant }: ItemToRetract): string | null {
  const family = school.curriculum.families.get(id);
  return variant !== null && family && hasVariant(family, variant) ? variantHandle(family, variant) : variant;
}

async function correct(school: School, learnerId: string, item: ItemToRetract): Promise<boolean> {
  try {
    return await actOn(school, learnerId, async (tx) => {
      const { issues, corrected } = await issuesOf(tx, item);
      const left = issues.filter((issue) => !corrected.has(issue.issueId));
      const open = Object.values(tx.state.openIssues).some((issue) => matches(item, issue));
      if (left.length === 0 && !open) return false;
      const events = decideRetraction(tx.state, engineContext(school, tx.now), item, left);
      await appendDecisions(school, tx, events);
      return events.length > 0;
    });
  } catch (error) {
    // Erased since the list was made.
    if (error instanceof LearnerNotFound) return false;
    throw error;
  }
}

/** The learner's answers to the item, and the issues that an earlier run corrected: both from the ledger, the only truth. */
async function issuesOf(
  tx: LearnerTransaction,
  item: ItemToRetract,
): Promise<{ issues: RetractedIssue[]; corrected: Set<string> }> {
  const issues: RetractedIssue[] = [];
  const corrected = new Set<string>();
  for (const stored of await tx.store.listEventsOfTypes(['attempt', 'item-retracted', 'adopted'])) {
    const event = unwrap(stored as unknown as NewEvent);
    if (event.type === 'attempt' && matches(item, event.body)) {
      const { issueId, skill, outcome, place, sessionId } = event.body;
      issues.push({
        issueId,
        skill,
        outcome: outcome satisfies Outcome,
        checkId: place === 'check' ? sessionId : null,
      });
    }
    if (event.type === 'item-retracted' && event.body.family === item.family)
      event.body.issues.forEach((id) => corrected.add(id));
  }
  return { issues, corrected };
}

function unwrap(event: NewEvent): NewEvent {
  return event.type === 'adopted' ? ({ type: event.body.type, body: event.body.body } as NewEvent) : event;
}

function matches(item: ItemToRetract, issue: { family: string; variant: string }): boolean {
  return issue.family === item.family && (item.variant === null || issue.variant === item.variant);
}
