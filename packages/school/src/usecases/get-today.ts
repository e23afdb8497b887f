import { isSatisfied, stateOf } from '@edirae/engine';
import { createCardStore } from '../store/cards/card-store.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import { skillTitle } from '../present/titles.ts';
import { trackView } from '../present/track-view.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { NextView, TodayView } from '../views.ts';
import { nextView } from './get-next.ts';

const AFTER_SHOWN = 3;

/** The page a learner starts from: one next action, what comes after, what is open and what is due. */
export async function getToday(school: School, learnerId: string): Promise<TodayView> {
  const { state, now } = await readSettled(school, learnerId);
  const track = trackView(school, state, now);
  const next = nextView(school, state, now);
  return {
    track,
    next,
    after: track
      ? whatComesAfter(
          track.skills.filter(
            (row) => row.written && !isSatisfied(state.skills[row.id]) && row.id !== next.skill,
          ),
        )
      : [],
    openCheck: state.check && {
      checkId: state.check.checkId,
      skill: state.check.skill,
      title: skillTitle(school, state.check.skill),
    },
    openPlacement: state.placement && { placementId: state.placement.placementId },
    due: {
      ...reviewsDue(school.graph, state, now),
      cards: await createCardStore(school.db, learnerId).countDueCards(now),
    },
  };

  function whatComesAfter(rows: { id: string; title: string; open: boolean; why: string }[]): NextView[] {
    return rows.slice(0, AFTER_SHOWN).map((row) => ({
      action: stateOf(state.skills[row.id]) === 'practising' ? 'check' : 'practice',
      skill: row.id,
      title: row.title,
      why: row.open ? row.why : 'Opens when what it requires is demonstrated.',
    }));
  }
}
