import { PLACEMENT_ITEMS, startPlacement as decideStart } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { issueNextInPlacement } from '../issuing/next-in-placement.ts';
import { toItemView } from '../present/item-view.ts';
import { placementResultView } from '../present/placement-result.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { PlacementResultView, PlacementView } from '../views.ts';
import { refuseIfCheckOpen, type CheckOpen, type NoGoal } from './refusals.ts';

export type StartPlacement =
  | { outcome: 'open'; existing: boolean; placement: PlacementView }
  | { outcome: 'done'; result: PlacementResultView }
  | NoGoal
  | CheckOpen;

/** Starts the placement of the current track, or returns its unanswered item. `done` when nothing is worth asking. */
export async function startPlacement(school: School, learnerId: string): Promise<StartPlacement> {
  // What the mentor is saying ends here.
  school.speaking.silence(learnerId);
  return actOn(school, learnerId, async (tx): Promise<StartPlacement> => {
    await closeOverdue(school, tx);
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;
    const { goal } = tx.state;
    if (!goal) return { outcome: 'no-goal' };

    const existing = tx.state.placement !== null;
    const placementId = tx.state.placement?.placementId ?? school.newId();
    if (!existing) {
      const skills = goal.skills.filter((id) => school.graph.skills.get(id)?.written);
      await appendDecisions(
        school,
        tx,
        decideStart(tx.state, engineContext(school, tx.now), { placementId, skills }),
      );
    }
    const open = Object.values(tx.state.openIssues).find((issue) => issue.sessionId === placementId);
    const shown =
      (open && (await tx.store.findIssue(open.issueId))) ?? (await issueNextInPlacement(school, tx));
    if (!shown) {
      const result = await placementResultView(school, tx, placementId);
      if (!result) throw new Error(`Placement ${placementId} left no result`);
      return { outcome: 'done', result };
    }
    const asked = tx.state.placement?.answers.length ?? 0;
    return {
      outcome: 'open',
      existing,
      placement: { placementId, asked, most: PLACEMENT_ITEMS, item: toItemView(shown) },
    };
  });
}
