import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { InterviewScore, StoredInterview } from '../store/interviews.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { NotFound } from './refusals.ts';

export type ScoreInterview =
  { outcome: 'scored'; interview: StoredInterview } | { outcome: 'unfinished' } | NotFound | RateLimited;

const LONGEST_QUOTE = 1_000;

/** Keeps how the writer scores a finished answer. It may be changed, and it counts for nothing else. */
export async function scoreInterview(
  school: School,
  learnerId: string,
  interviewId: string,
  score: Pick<InterviewScore, 'points' | 'quotes' | 'general'>,
): Promise<ScoreInterview> {
  const limited = await school.limiter.take('interview', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<ScoreInterview> => {
    const known = (await tx.store.listInterviews()).find(({ id }) => id === interviewId);
    if (!known) return { outcome: 'not-found' };
    if (known.finishedAt === null) return { outcome: 'unfinished' };
    const interview: StoredInterview = {
      ...known,
      revision: known.revision + 1,
      score: {
        points: score.points,
        quotes: score.quotes.map((quote) => quote.replaceAll('\0', '').trim().slice(0, LONGEST_QUOTE)),
        general: score.general,
        at: tx.now,
      },
    };
    await tx.store.putInterview(interview);
    return { outcome: 'scored', interview };
  });
}
