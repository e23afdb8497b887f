import { emptyState } from '@edirae/engine';
import {
  answerView,
  comparisonOf,
  promptSkills,
  runView,
  type InterviewPromptView,
  type InterviewView,
} from '../present/interview-view.ts';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';
import type { StoredInterview } from '../store/interviews.ts';
import type { NotFound } from './refusals.ts';

export type GetInterview = { outcome: 'interview'; view: InterviewView } | NotFound;

/**
 * A prompt of a career with the learner's answer: the one asked for, else the open one, else the latest.
 * @param learnerId null for a visitor
 * @param run id of an answer; `new` for an empty page although there are answers
 */
export async function getInterview(
  school: School,
  learnerId: string | null,
  { career: careerId, prompt: promptId, run }: { career: string; prompt: string; run?: string | undefined },
): Promise<GetInterview> {
  const career = school.curriculum.careers.find(({ id }) => id === careerId);
  const ids = career?.interview.prompts ?? [];
  const n = ids.indexOf(promptId);
  const prompt = school.curriculum.interviewPrompts.find(({ id }) => id === promptId);
  if (!career || n < 0 || !prompt) return { outcome: 'not-found' };

  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const known = reader ? await reader.store.listInterviews(promptId) : [];
  const current = chooseRun(known, run);
  if (run !== undefined && run !== 'new' && !current) return { outcome: 'not-found' };
  const next = school.curriculum.interviewPrompts.find(({ id }) => id === ids[(n + 1) % ids.length]);
  return {
    outcome: 'interview',
    view: {
      career: { id: career.id, title: career.title },
      prompt: {
        id: prompt.id,
        text: prompt.prompt,
        area: prompt.area,
        minutes: prompt.minutes,
        n: n + 1,
        of: ids.length,
      },
      clarify: prompt.clarify,
      current: current ? answerView(current) : null,
      comparison: current && current.finishedAt !== null ? comparisonOf(prompt) : null,
      skills: promptSkills(school, prompt, reader?.state ?? emptyState(), reader?.now ?? school.clock()),
      history: known.filter(({ finishedAt }) => finishedAt !== null).map(runView),
      next: next && next.id !== prompt.id ? { id: next.id, text: next.prompt } : null,
    },
  };
}

function chooseRun(known: readonly StoredInterview[], run: string | undefined): StoredInterview | undefined {
  const open = known.find(({ finishedAt }) => finishedAt === null);
  if (run === 'new') return open;
  return run === undefined ? (open ?? known[0]) : known.find(({ id }) => id === run);
}

export type ListInterviewPrompts =
  | {
      outcome: 'prompts';
      career: { id: string; title: string; text: string };
      prompts: InterviewPromptView[];
    }
  | NotFound;

/** The prompts of a career, with what the learner did on each. @param learnerId null for a visitor */
export async function listInterviewPrompts(
  school: School,
  learnerId: string | null,
  careerId: string,
): Promise<ListInterviewPrompts> {
  const career = school.curriculum.careers.find(({ id }) => id === careerId);
  if (!career) return { outcome: 'not-found' };
  const known = learnerId === null ? [] : await (await readSettled(school, learnerId)).store.listInterviews();
  const prompts = career.interview.prompts.flatMap((id): InterviewPromptView[] => {
    const prompt = school.curriculum.interviewPrompts.find((each) => each.id === id);
    if (!prompt) return [];
    const finished = known.filter((each) => each.prompt === id && each.finishedAt !== null).map(runView);
    const totals = finished.flatMap(({ total }) => (total === null ? [] : [total]));
    const [last] = finished;
    return [
      {
        id,
        text: prompt.prompt,
        area: prompt.area,
        minutes: prompt.minutes,
        open: known.some((each) => each.prompt === id && each.finishedAt === null),
        times: finished.length,
        best: totals.length > 0 ? Math.max(...totals) : null,
        last: last?.finishedAt ? { at: last.finishedAt, total: last.total } : null,
      },
    ];
  });
  const { id, title, interview } = career;
  return { outcome: 'prompts', career: { id, title, text: interview.text }, prompts };
}
