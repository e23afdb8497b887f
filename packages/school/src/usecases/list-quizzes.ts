import { emptyState } from '@edirae/engine';
import { createVariantChooser } from '../issuing/fresh-variant.ts';
import { readSettled } from '../present/read-settled.ts';
import { listAskable, skillsOfScope } from '../quiz/askable.ts';
import type { Askable, QuizScope } from '../quiz/quiz-plan.ts';
import type { QuizChoicesView, QuizChoiceView, PastQuizView } from '../quiz/quiz-views.ts';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';

const PAST_SHOWN = 8;

/**
 * Every quiz that could be begun, and the last ones taken.
 * @param learnerId null for a visitor: what is open to everybody
 * @param skill whose own quiz is wanted beside them
 */
export async function listQuizzes(
  school: School,
  learnerId: string | null,
  skill?: string,
): Promise<QuizChoicesView> {
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const state = reader?.state ?? emptyState();
  const now = reader?.now ?? school.clock();
  const chooser = createVariantChooser(
    school,
    state,
    now,
    reader ? await reader.store.listRetractions() : [],
  );
  const askable = new Map<string, Askable>(
    listAskable(school, state, [...school.curriculum.skills.keys()], chooser).map((one) => [one.skill, one]),
  );
  const choice = (scope: Exclude<QuizScope, { kind: 'missed' }>): QuizChoiceView => {
    const { title, skills } = skillsOfScope(school, state, scope, now) ?? { title: '', skills: [] };
    const open = skills.flatMap((skill) => askable.get(skill) ?? []);
    return {
      scope,
      title,
      askable: open.length,
      skills: skills.length,
      most: open.reduce((sum, { families }) => sum + families, 0),
    };
  };
  return {
    skill:
      skill !== undefined && school.curriculum.skills.has(skill)
        ? choice({ kind: 'skill', id: skill })
        : null,
    mixed: (['due', 'weak', 'proven'] as const)
      .map((kind) => choice({ kind }))
      .filter(({ askable }) => askable > 0),
    modules: school.curriculum.modules.map(({ id, number }) => ({
      ...choice({ kind: 'module', id }),
      number,
    })),
    stages: (['1', '2', '3', '4'] as const).map((id) => choice({ kind: 'stage', id })),
    certifications: school.curriculum.certifications
      .filter(({ status, domains }) => status !== 'retired' && domains.length > 0)
      .map((exam) => ({
        ...choice({ kind: 'certification', id: exam.id }),
        title: exam.title,
        code: exam.code,
        issuer: exam.issuer,
        status: exam.status,
        checkedOn: exam.checkedOn ?? null,
        url: exam.url,
        weightsNote: exam.weightsNote ?? null,
        domains: exam.domains.map(({ title, weight, coverage, gap, skills }) => ({
          title,
          weight,
          coverage,
          gap: gap ?? null,
          askable: skills.filter((skill) => askable.has(skill)).length,
          skills: skills.length,
        })),
      })),
    past: reader ? await listPast(reader) : [],
  };
}

async function listPast({ store }: LearnerReader): Promise<PastQuizView[]> {
  const quizzes = await store.listQuizzes(PAST_SHOWN);
  return Promise.all(
    quizzes.map(async ({ id, startedAt, endedAt, plan }) => {
      const verdicts = await Promise.all(
        plan.questions.map(async ({ issueId }) =>
          issueId === null ? undefined : (await store.findIssue(issueId))?.verdict,
        ),
      );
      const answered = verdicts.flatMap((verdict) => verdict ?? []);
      return {
        id,
        title: plan.title,
        startedAt,
        endedAt,
        answered: answered.length,
        correct: answered.filter(({ outcome }) => outcome === 'correct').length,
        questions: plan.questions.length,
      };
    }),
  );
}
