import { stringify as toYaml } from 'yaml';
import type { Files } from './rule-fixture.ts';
import { at, skillYaml } from './tiny-curriculum.ts';

export const CAREER = 'careers/adder.yaml';
const CERTIFICATIONS = 'certifications.yaml';
const INTERVIEWS = 'interviews.yaml';

type Data = Record<string, unknown>;

/** A figure that says where it comes from and of when it is. */
export function factData(changes: Data = {}): Data {
  return {
    id: 'pay',
    kind: 'pay',
    label: 'Base pay',
    value: '$10 to $20',
    country: 'Nowhere',
    definition: 'Yearly base pay of adders',
    source: { title: 'Office of sums' },
    date: '2026-05',
    confidence: 'high',
    shelfLifeMonths: 18,
    ...changes,
  };
}

/** A stage that takes the tiny curriculum's one skill, or others. */
export function stageData(skills: string[], changes: Data = {}): Data {
  const action = { title: 'Add', skills, labs: [] };
  return {
    title: 'Stage',
    duration: 'a month',
    skills,
    actions: [action, action],
    gate: { title: 'A sum' },
    ...changes,
  };
}

/** The content format has no YAML aliases. */
const stringify = (data: unknown): string => toYaml(data, { aliasDuplicateObjects: false });

function careerData(changes: Data): Data {
  const points = ['a', 'b', 'c', 'd'];
  return {
    id: 'adder',
    order: 1,
    title: 'Adder',
    names: ['summing clerk'],
    goal: 'Become an adder',
    summary: 'Adds.',
    lead: 'Adds up what others count.',
    checkedOn: '2026-11-22',
    facts: ['pay', 'more-pay', 'demand', 'time'].map((id) => factData({ id })),
    payNotes: ['One country.'],
    highlights: points.map((title) => ({ title, text: 'Text.' })),
    dayToDay: points.map((title) => ({ title, text: 'Text.' })),
    fits: points,
    notYet: points,
    stages: [stageData(['adding']), ...['two', 'three', 'four'].map((id) => stageData([id]))],
    certifications: ['sum-1'],
    questions: points.map((question) => ({ question, answer: 'Yes.' })),
    challenges: points.map((title) => ({ title, text: 'Text.' })),
    interview: { text: 'Practise.', prompts: ['add-twice'] },
    related: [],
    ...changes,
  };
}

/** A certification that every rule is content with. */
export function certificationData(changes: Data = {}): Data {
  return {
    id: 'sum-1',
    code: 'SUM-1',
    title: 'Certified adder',
    issuer: 'Office of sums',
    status: 'active',
    domains: [
      { title: 'Sums', weight: 60, coverage: 'most', skills: ['adding'] },
      { title: 'Carries', weight: [30, 45], coverage: 'none', skills: [], gap: 'All of it.' },
    ],
    url: 'https://example.org/sum-1',
    source: 'The exam guide',
    checkedOn: '2026-11-22',
    confidence: 'high',
    ...changes,
  };
}

function promptData(changes: Data): Data {
  return {
    id: 'add-twice',
    prompt: 'Add these twice.',
    area: 'Adding',
    clarify: ['a', 'b', 'c'].map((ask) => ({ ask, fact: 'So.' })),
    rubric: ['a', 'b', 'c', 'd', 'e'].map((point) => ({ point, look: 'This.' })),
    outline: ['a', 'b', 'c', 'd'],
    interviewers: ['a', 'b'],
    skills: ['adding', 'two', 'three'],
    ...changes,
  };
}

/** What a test changes about the guide, the certification and the prompt. */
export interface GuideChanges {
  career?: Data;
  certifications?: Data[];
  interview?: Data;
  /** Changes of the skill `two`, as in skillYaml. */
  two?: Readonly<Record<string, string>>;
}

/** Files of a tiny guide, with the four skills, the certification and the prompt it names. */
export function guideFiles({
  career = {},
  certifications,
  interview = {},
  two = {},
}: GuideChanges = {}): Files {
  const more = ['two', 'three', 'four'].map((id, n) => [
    at('skill.yaml').replace('adding', id),
    skillYaml({
      id,
      title: id,
      order: String(n + 2),
      status: 'planned',
      aliases: '[]',
      ...(id === 'two' ? two : {}),
    }),
  ]);
  return {
    ...(Object.fromEntries(more) as Record<string, string>),
    [CAREER]: stringify(careerData(career)),
    [CERTIFICATIONS]: stringify(certifications ?? [certificationData()]),
    [INTERVIEWS]: stringify([promptData(interview)]),
  };
}
