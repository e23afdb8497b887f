import { freshUntil, isStale, type Career, type Certification, type Fact } from '@edirae/curriculum';
import type { School } from '../school.ts';

/** A skill as a guide links to it. */
export interface GuideSkillView {
  id: string;
  title: string;
  /** False: mapped, and its lesson is still being written. */
  written: boolean;
}

/** A lab as a guide names it. */
export interface GuideLabView {
  id: string;
  title: string;
  /** False: planned, and still being written. */
  written: boolean;
}

/** A figure with all that has to stand beside it. */
export interface FactView {
  id: string;
  kind: Fact['kind'];
  label: string;
  /** Null: older than its shelf life, and hidden until somebody has read the source again. */
  value: string | null;
  note: string | null;
  country: string | null;
  definition: string | null;
  source: { title: string; url: string | null };
  /** `2024`, `2024-05` or `2024-05-31`. */
  date: string;
  confidence: Fact['confidence'];
  confidenceNote: string | null;
  headline: boolean;
  /** `YYYY-MM-DD`, the last day on which it is shown. */
  shownUntil: string;
  percentiles: { currency: string; p25: number; p50: number; p75: number; p90: number } | null;
}

/** A certification with what of it these skills teach. */
export interface CertificationView {
  id: string;
  code: string;
  title: string;
  issuer: string;
  status: Certification['status'];
  retiredOn: string | null;
  statusNote: string | null;
  successors: { id: string; code: string; title: string }[];
  price: { amount: number; currency: string; note: string | null } | null;
  format: string | null;
  validity: string | null;
  domains: {
    title: string;
    weight: { from: number; to: number };
    coverage: 'most' | 'part' | 'none';
    skills: GuideSkillView[];
    gap: string | null;
  }[];
  weightsNote: string | null;
  url: string;
  source: string;
  checkedOn: string;
  /** Past its shelf life: status, price and weights may have changed. */
  stale: boolean;
  confidence: Certification['confidence'];
  confidenceNote: string | null;
}

/** A career as a list shows it. */
export interface CareerRowView {
  id: string;
  title: string;
  summary: string;
  skills: number;
  written: number;
  pay: FactView | null;
  time: FactView | null;
}

/** A whole guide. */
export interface CareerView {
  id: string;
  title: string;
  summary: string;
  lead: string;
  goal: string;
  checkedOn: string;
  nextCheckOn: string;
  facts: FactView[];
  payNotes: string[];
  highlights: { title: string; text: string }[];
  dayToDay: { title: string; text: string }[];
  fits: string[];
  notYet: string[];
  /** Modules it draws on, with how many of their skills. */
  modules: { number: number; title: string; skills: number }[];
  skills: number;
  written: number;
  /** Of guided learning, without labs. */
  minutes: number;
  stages: {
    title: string;
    duration: string;
    skills: number;
    actions: { title: string; skills: GuideSkillView[]; labs: GuideLabView[] }[];
    gate: { title: string; lab: string | null };
  }[];
  certifications: CertificationView[];
  questions: { question: string; answer: string }[];
  challenges: { title: string; text: string; skills: GuideSkillView[] }[];
  interview: { text: string; prompts: { id: string; text: string; area: string }[] };
  related: { id: string; title: string; why: string }[];
}

/** A guide as its page shows it today. @param today `YYYY-MM-DD` */
export function careerView(school: School, career: Career, today: string): CareerView {
  const { careers, certifications, interviewPrompts } = school.curriculum;
  const { id, title, summary, lead, goal, checkedOn, payNotes, highlights, dayToDay, fits, notYet } = career;
  const skillsOf = (ids: readonly string[]) => guideSkills(school, ids);
  const all = skillsOf(career.skills);
  return {
    id,
    title,
    summary,
    lead,
    goal,
    checkedOn,
    payNotes,
    highlights,
    dayToDay,
    fits,
    notYet,
    nextCheckOn: freshUntil(checkedOn, { days: career.shelfLifeDays }),
    facts: career.facts.flatMap((fact) => factView(fact, today) ?? []),
    modules: modulesOf(school, career),
    skills: all.length,
    written: all.filter(({ written }) => written).length,
    minutes: career.skills.reduce((sum, each) => sum + (school.curriculum.skills.get(each)?.minutes ?? 0), 0),
    stages: career.stages.map((stage) => ({
      title: stage.title,
      duration: stage.duration,
      skills: stage.skills.length,
      actions: stage.actions.map((action) => ({
        title: action.title,
        skills: skillsOf(action.skills),
        labs: action.labs.map((lab) => guideLab(school, lab)),
      })),
      gate: { title: stage.gate.title, lab: stage.gate.lab ?? null },
    })),
    certifications: career.certifications.flatMap((each) => {
      const found = certifications.find((certification) => certification.id === each);
      return found ? [certificationView(school, found, today)] : [];
    }),
    questions: career.questions,
    challenges: career.challenges.map((each) => ({ ...each, skills: skillsOf(each.skills) })),
    interview: {
      text: career.interview.text,
      prompts: career.interview.prompts.flatMap((each) => {
        const found = interviewPrompts.find((prompt) => prompt.id === each);
        return found ? [{ id: found.id, text: found.prompt, area: found.area }] : [];
      }),
    },
    related: career.related.flatMap(({ career: other, why }) => {
      const found = careers.find((each) => each.id === other);
      return found ? [{ id: found.id, title: found.title, why }] : [];
    }),
  };
}

/** A career as a list shows it. @param today `YYYY-MM-DD` */
export function careerRow(school: School, career: Career, today: string): CareerRowView {
  const { id, title, summary } = career;
  const all = guideSkills(school, career.skills);
  const headline = (kind: Fact['kind']): FactView | null => {
    const fact = career.facts.find((each) => each.kind === kind && each.headline);
    return (fact && factView(fact, today)) ?? null;
  };
  return {
    id,
    title,
    summary,
    skills: all.length,
    written: all.filter(({ written }) => written).length,
    pay: headline('pay'),
    time: headline('time'),
  };
}

/** A certification with its coverage. @param today `YYYY-MM-DD` */
export function certificationView(school: School, each: Certification, today: string): CertificationView {
  const { id, code, title, issuer, status, url, confidence } = each;
  const checkedOn = each.checkedOn ?? '';
  return {
    id,
    code,
    title,
    issuer,
    status,
    url,
    confidence,
    checkedOn,
    retiredOn: each.retiredOn ?? null,
    statusNote: each.statusNote ?? null,
    successors: each.successors.flatMap((other) => {
      const found = school.curriculum.certifications.find((certification) => certification.id === other);
      return found ? [{ id: found.id, code: found.code, title: found.title }] : [];
    }),
    price: each.price ? { ...each.price, note: each.price.note ?? null } : null,
    format: each.format ?? null,
    validity: each.validity ?? null,
    domains: each.domains.map((domain) => ({
      title: domain.title,
      weight: domain.weight,
      coverage: domain.coverage,
      skills: guideSkills(school, domain.skills),
      gap: domain.gap ?? null,
    })),
    weightsNote: each.weightsNote ?? null,
    source: each.source ?? '',
    stale: isStale(checkedOn, { days: each.shelfLifeDays }, today),
    confidenceNote: each.confidenceNote ?? null,
  };
}

/** Null for a figure without source or date: the linter reports it, and no page prints it. */
function factView(fact: Fact, today: string): FactView | null {
  const { id, kind, label, confidence, headline, source, date } = fact;
  if (!source || date === undefined) return null;
  const life = { months: fact.shelfLifeMonths };
  const stale = isStale(date, life, today);
  return {
    id,
    kind,
    label,
    confidence,
    headline,
    date,
    value: stale ? null : fact.value,
    // What a figure means often repeats it.
    note: stale ? null : (fact.note ?? null),
    country: fact.country ?? null,
    definition: fact.definition ?? null,
    source: { title: source.title, url: source.url ?? null },
    confidenceNote: fact.confidenceNote ?? null,
    shownUntil: freshUntil(date, life),
    percentiles: stale ? null : (fact.percentiles ?? null),
  };
}

function guideLab(school: School, { id, title }: { id: string; title: string }): GuideLabView {
  const lab = school.curriculum.labs.find((each) => each.id === id);
  return { id, title: lab?.title ?? title, written: lab !== undefined };
}

function guideSkills(school: School, ids: readonly string[]): GuideSkillView[] {
  return ids.flatMap((id) => {
    const skill = school.curriculum.skills.get(id);
    return skill ? [{ id, title: skill.title, written: skill.status === 'written' }] : [];
  });
}

function modulesOf(school: School, career: Career): CareerView['modules'] {
  const taken = new Set(career.skills);
  return school.curriculum.modules
    .map(({ number, title, skills }) => ({
      number,
      title,
      skills: skills.filter((id) => taken.has(id)).length,
    }))
    .filter(({ skills }) => skills > 0);
}
