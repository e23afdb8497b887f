import {
  anyVariant,
  compileVariant,
  gradeAnswer,
  lintCurriculum,
  listAnswers,
  loadCurriculum,
  parseAnswer,
  renderLesson,
  renderMarkdown,
  type Curriculum,
  type Finding,
  type Variant,
} from '@edirae/curriculum';
import { createRandom } from '@edirae/engine';
import { describeAnswer } from '../present/describe-answer.ts';
import { toItemView } from '../present/item-view.ts';
import type { ItemView } from '../views.ts';
import type { NotFound } from './refusals.ts';

/**
 * What an author sees of their own files, keys included. Read from disk on every call, so an edit shows at once.
 * It is called in development only: nothing of it may be reachable where people learn.
 */
export interface PreviewIndex {
  skills: {
    id: string;
    title: string;
    module: string;
    families: { id: string; title: string; kind: string; level: number }[];
    findings: number;
  }[];
  findings: Finding[];
}

export interface SkillPreview {
  id: string;
  title: string;
  criterion: string;
  status: string;
  lessonHtml: string;
  words: number;
  cards: { id: string; frontHtml: string; backHtml: string }[];
  families: { id: string; title: string; kind: string; level: number }[];
  findings: Finding[];
}

export interface ItemPreview {
  family: string;
  skill: string;
  variant: string;
  /** Other variants to look at: ids of authored ones, or a few seeds. */
  variants: string[];
  item: ItemView;
  hintsHtml: string[];
  solutionHtml: string;
  answers: {
    shown: string;
    correct: boolean;
    headline: string;
    feedbackHtml: string;
    misconception: string | null;
  }[];
  findings: Finding[];
}

const SEEDS_SHOWN = 6;

export async function previewIndex(contentDir: string): Promise<PreviewIndex> {
  const { curriculum, findings } = await loadCurriculum(contentDir);
  if (!curriculum) return { skills: [], findings };
  const all = [...findings, ...lintCurriculum(curriculum)];
  const titles = new Map(curriculum.modules.map((module) => [module.id, module.title]));
  return {
    skills: [...curriculum.skills.values()]
      .filter((skill) => skill.status === 'written')
      .map((skill) => ({
        id: skill.id,
        title: skill.title,
        module: titles.get(skill.module) ?? skill.module,
        families: familiesOf(curriculum, skill.families),
        findings: all.filter((finding) => finding.file.startsWith(`${skill.folder}/`)).length,
      })),
    findings: all,
  };
}

export async function previewSkill(
  contentDir: string,
  skillId: string,
): Promise<{ outcome: 'skill'; skill: SkillPreview } | NotFound> {
  const { curriculum, findings } = await loadCurriculum(contentDir);
  const skill = curriculum?.skills.get(skillId);
  if (!curriculum || !skill) return { outcome: 'not-found' };
  const own = [...findings, ...lintCurriculum(curriculum, { skill: skillId })].filter((finding) =>
    finding.file.startsWith(`${skill.folder}/`),
  );
  return {
    outcome: 'skill',
    skill: {
      id: skill.id,
      title: skill.title,
      criterion: skill.criterion,
      status: skill.status,
      lessonHtml: renderLesson(skill, curriculum).html,
      words: skill.lesson?.words ?? 0,
      cards: skill.cards.map(({ id, front, back }) => ({
        id,
        frontHtml: renderMarkdown(front),
        backHtml: renderMarkdown(back),
      })),
      families: familiesOf(curriculum, skill.families),
      findings: own,
    },
  };
}

/** @param variant a seed or an authored variant's id; any where absent or unknown */
export async function previewItem(
  contentDir: string,
  familyId: string,
  variant: string | null,
): Promise<{ outcome: 'item'; item: ItemPreview } | NotFound> {
  const { curriculum, findings } = await loadCurriculum(contentDir);
  const family = curriculum?.families.get(familyId);
  if (!curriculum || !family) return { outcome: 'not-found' };
  const random = createRandom(familyId);
  const variants = [
    ...new Set(Array.from({ length: SEEDS_SHOWN }, () => anyVariant(family, random).variant)),
  ];
  const chosen =
    variant !== null && (family.parametric ? /^\d{1,10}$/.test(variant) : variants.includes(variant))
      ? variant
      : (variants[0] ?? '');
  const compiled = compileVariant(family, chosen);
  const own = [...findings, ...lintCurriculum(curriculum, { skill: family.skill })].filter(
    (finding) => finding.file === family.file,
  );
  return {
    outcome: 'item',
    item: {
      family: family.id,
      skill: family.skill,
      variant: compiled.variant,
      variants,
      item: toItemView({
        facts: { issueId: `preview-${compiled.variant}`, place: 'practice', skill: family.skill },
        variant: compiled,
      }),
      hintsHtml: compiled.hints.map((hint) => renderMarkdown(hint)),
      solutionHtml: renderMarkdown(compiled.solution),
      answers: previewAnswers(compiled),
      findings: own,
    },
  };
}

function previewAnswers(variant: Variant): ItemPreview['answers'] {
  const { right, wrong } = listAnswers(variant);
  return [...right.slice(0, 1), ...wrong].flatMap(({ input }) => {
    const parsed = parseAnswer(variant, input);
    if (!parsed.ok) return [];
    const grade = gradeAnswer(variant, parsed.answer);
    return [
      {
        shown: describeAnswer(variant, parsed.answer),
        correct: grade.correct,
        headline: grade.headline,
        feedbackHtml: renderMarkdown(grade.feedback),
        misconception: grade.misconception?.title ?? null,
      },
    ];
  });
}

function familiesOf(
  curriculum: Curriculum,
  ids: readonly string[],
): { id: string; title: string; kind: string; level: number }[] {
  return ids.flatMap((id) => {
    const family = curriculum.families.get(id);
    return family ? [{ id, title: family.title, kind: family.kind, level: family.level }] : [];
  });
}
