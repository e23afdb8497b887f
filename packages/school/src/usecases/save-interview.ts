import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { InterviewAnswer, StoredInterview } from '../store/interviews.ts';
import type { NotFound } from './refusals.ts';

/** What a page sends of an answer in progress. */
export interface InterviewDraft {
  prompt: string;
  /** The answer that the page continues; left out where it begins one. */
  id?: string | undefined;
  answer: InterviewAnswer;
  /** Time spent as the page counted it, in seconds; left out where no page counted. */
  seconds?: number | undefined;
  /** The revision that the page last saw, 0 for none: another one on the server means another tab wrote. Left out: write over it. */
  revision?: number | undefined;
}

export type SaveInterview =
  | { outcome: 'saved'; interview: StoredInterview }
  /** Another tab saved or finished it; nothing was changed. */
  | { outcome: 'saved-elsewhere'; interview: StoredInterview }
  | NotFound
  | RateLimited;

/** Longer fields are cut: nobody speaks this long in an interview. */
const LONGEST = 20_000;

/** Keeps an answer in progress: the open one of its prompt, or a new one. */
export async function saveInterview(
  school: School,
  learnerId: string,
  draft: InterviewDraft,
): Promise<SaveInterview> {
  return writeInterview(school, learnerId, draft, (interview) => interview);
}

export type FinishInterview = SaveInterview | { outcome: 'empty' };

/**
 * Keeps an answer and closes it: from now on it can be compared and scored, and no longer changed.
 * @param aloud the answer was spoken, so nothing has to be written
 */
export async function finishInterview(
  school: School,
  learnerId: string,
  draft: InterviewDraft,
  aloud: boolean,
): Promise<FinishInterview> {
  const { assumed, design, breaks } = draft.answer;
  if (!aloud && [assumed, design, breaks].every((text) => text.trim() === '')) return { outcome: 'empty' };
  return writeInterview(school, learnerId, draft, (interview) => ({
    ...interview,
    finishedAt: interview.savedAt,
    // No page counted: the time between the first save and the end is the best there is.
    seconds: interview.seconds ?? Math.round((interview.savedAt - interview.startedAt) / 1000),
  }));
}

async function writeInterview(
  school: School,
  learnerId: string,
  draft: InterviewDraft,
  change: (interview: StoredInterview) => StoredInterview,
): Promise<SaveInterview> {
  const prompt = school.curriculum.interviewPrompts.find(({ id }) => id === draft.prompt);
  if (!prompt) return { outcome: 'not-found' };
  const limited = await school.limiter.take('interview', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<SaveInterview> => {
    const known = await tx.store.listInterviews(draft.prompt);
    const named = known.find(({ id }) => id === draft.id);
    if (named && named.finishedAt !== null) return { outcome: 'saved-elsewhere', interview: named };
    // One that was thrown away elsewhere is begun again: its words are on the page and nowhere else.
    const open = named ?? known.find(({ finishedAt }) => finishedAt === null);
    if (open && draft.revision !== undefined && draft.revision !== open.revision)
      return { outcome: 'saved-elsewhere', interview: open };
    const interview = change({
      id: open?.id ?? school.newId(),
      prompt: draft.prompt,
      startedAt: open?.startedAt ?? tx.now,
      savedAt: tx.now,
      revision: (open?.revision ?? 0) + 1,
      seconds: draft.seconds === undefined ? (open?.seconds ?? null) : Math.max(0, Math.round(draft.seconds)),
      answer: trim(draft.answer, prompt.clarify.length),
      finishedAt: null,
      score: null,
    });
    await tx.store.putInterview(interview);
    return { outcome: 'saved', interview };
  });
}

function trim(answer: InterviewAnswer, facts: number): InterviewAnswer {
  // PostgreSQL's text holds no NUL.
  const text = (value: string): string => value.replaceAll('\0', '').slice(0, LONGEST);
  return {
    asked: [...new Set(answer.asked)].filter((n) => Number.isInteger(n) && n >= 0 && n < facts),
    assumed: text(answer.assumed),
    design: text(answer.design),
    breaks: text(answer.breaks),
  };
}
