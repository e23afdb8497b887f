import { isOpen, isSatisfied } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { PlacementResultView } from '../views.ts';
import { nextView } from '../usecases/get-next.ts';
import { listEventsAfter } from './list-events.ts';
import { skillTitle, toNamed } from './titles.ts';

/** What a placement showed; undefined where this learner has no such ended placement. */
export async function placementResultView(
  school: School,
  reader: Pick<LearnerReader, 'store' | 'state' | 'now'>,
  placementId: string,
): Promise<PlacementResultView | undefined> {
  const row = await reader.store.findPlacement(placementId);
  if (!row || row.seq === null) return undefined;
  const events = await listEventsAfter(reader, row.seq - 1, 4);
  const ended = events.flatMap((event) =>
    event.type === 'placement-ended' && event.body.placementId === placementId ? [event.body] : [],
  )[0];
  if (!ended) return undefined;
  const placed = events.flatMap((event) =>
    event.type === 'skills-placed' && event.body.sessionId === placementId ? event.body.skills : [],
  );
  const { state } = reader;
  const open = (state.goal?.skills ?? []).filter(
    (id) =>
      school.graph.skills.get(id)?.written &&
      isOpen(state, school.graph, id) &&
      !isSatisfied(state.skills[id]),
  );
  return {
    placementId,
    asked: ended.asked,
    placed: placed.map(({ skill, p }) => ({ id: skill, title: skillTitle(school, skill), p })),
    open: toNamed(school, open),
    next: nextView(school, state, reader.now),
  };
}
