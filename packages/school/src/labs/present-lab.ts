import {
  chooseLabs,
  explainGate,
  isOpen,
  shareOf,
  stateOf,
  type LabRecord,
  type LearnerState,
} from '@edirae/engine';
import { renderMarkdown } from '@edirae/curriculum';
import type { LabLinkView } from '../views.ts';
import { toNamed } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { StoredDraft } from '../store/lab-drafts.ts';
import type { StoredSubmission } from '../store/lab-submissions.ts';
import type { ShelvedLab } from './lab-shelf.ts';
import type { LabDraftRowView, LabEvidenceView, LabHintView, LabRowView, LabState } from './lab-views.ts';
import { countPassed } from './present-submission.ts';

/** What is known of a learner's work on a lab when it is put into a row. */
export interface LabWork {
  /** When a version was last saved; null: never. */
  savedAt: number | null;
  /** The last one that is graded or waits for it. */
  submission: StoredSubmission | undefined;
}

/** Skills that a lab's rubric carries, each once, in its order. */
export function skillsOf({ lab }: ShelvedLab): string[] {
  return [...new Set(lab.rubric.flatMap(({ skills }) => skills))];
}

export function toLabRow(
  school: School,
  state: LearnerState,
  shelved: ShelvedLab,
  { savedAt, submission }: LabWork,
): LabRowView {
  const { lab, story } = shelved;
  const record = state.labs[lab.id];
  const skills = skillsOf(shelved).filter((id) => school.graph.skills.has(id));
  const hidden = submission?.result?.tests.filter((test) => !test.visible);
  const appliedAt = skills.flatMap((id) => {
    const skill = state.skills[id];
    return skill?.appliedBy?.lab === lab.id && skill.appliedAt !== null ? [skill.appliedAt] : [];
  });
  return {
    id: lab.id,
    title: lab.title,
    stage: lab.stage,
    minutes: lab.minutes,
    capstone: school.curriculum.labs.find(({ id }) => id === lab.id)?.capstone ?? null,
    languages: [...lab.languages],
    story,
    skills: toNamed(school, skills).map((skill) => ({ ...skill, state: stateOf(state.skills[skill.id]) })),
    ahead: toNamed(
      school,
      skills.filter((id) => !isOpen(state, school.graph, id)),
    ),
    onTrack: labsOnTrack(school, state).includes(lab.id),
    state: labState(record, savedAt, submission),
    tests: hidden ? countPassed(hidden) : null,
    lastAt: latest(savedAt, submission?.submittedAt, record?.lastAt),
    passedAt: record?.passedAt ?? null,
    appliedAt: appliedAt.length > 0 ? Math.min(...appliedAt) : null,
  };
}

function latest(...times: (number | null | undefined)[]): number | null {
  const known = times.filter((at) => typeof at === 'number' && at > 0) as number[];
  return known.length > 0 ? Math.max(...known) : null;
}

function labState(
  record: LabRecord | undefined,
  savedAt: number | null,
  submission: StoredSubmission | undefined,
): LabState {
  if ((record?.explainedAt ?? null) !== null) return 'explained';
  if ((record?.passedAt ?? null) !== null) return 'passed';
  if (submission) return 'submitted';
  return savedAt === null && record === undefined ? 'new' : 'begun';
}

/** The labs that prove what the present goal asks for, with the capstones it mostly holds. */
export function labsOnTrack(school: School, { goal }: LearnerState): string[] {
  return goal === null ? [] : chooseLabs(school.curriculum.labs, goal).map(({ id }) => id);
}

/** A lab as other pages name it: how far the learner is, by the ledger alone. */
export function toLabLink(school: School, state: LearnerState, id: string): LabLinkView | undefined {
  const lab = school.curriculum.labs.find((each) => each.id === id);
  if (!lab) return undefined;
  const record = state.labs[id];
  const begun = record !== undefined && record.graded > 0 ? 'submitted' : 'begun';
  return {
    id,
    title: lab.title,
    minutes: lab.minutes,
    capstone: lab.capstone !== null,
    state:
      record === undefined ? 'new' : record.passedAt === null ? begun : labState(record, null, undefined),
  };
}

/** What a lab's work says of each skill that its rubric carries. */
export function toEvidence(school: School, state: LearnerState, shelved: ShelvedLab): LabEvidenceView[] {
  const { lab } = shelved;
  const record = state.labs[lab.id];
  const gate = explainGate(record, Infinity);
  return skillsOf(shelved).map((id) => {
    const skill = state.skills[id];
    const carrying = lab.rubric.filter(({ skills }) => skills.includes(id));
    const isByTests = carrying.some(({ by }) => by === 'tests');
    const applied =
      skill?.appliedBy?.lab === lab.id && skill.appliedAt !== null
        ? { at: skill.appliedAt, assurance: skill.appliedBy.assurance }
        : null;
    const missing: LabEvidenceView['missing'] = [];
    if (applied === null && isByTests) {
      if (!gate.allowed && gate.why === 'aided') missing.push('unaided');
      if (!gate.allowed && gate.why === 'not-passed') missing.push('pass');
      missing.push('explain-back');
    }
    const shown = stateOf(skill);
    if (isByTests && !['knows', 'demonstrated', 'retained', 'applied'].includes(shown)) missing.push('check');
    return {
      skill: toNamed(school, [id])[0] ?? { id, title: id },
      state: shown,
      share: record?.pass ? shareOf(record.pass.lines, id) : null,
      applied,
      unreviewed: carrying.some(({ by }) => by === 'person'),
      missing,
    };
  });
}

export function toHintView(shelved: ShelvedLab, n: number): LabHintView {
  const hint = shelved.hints[n - 1] ?? { title: '', text: '' };
  return { n, ...hint, html: renderMarkdown(hint.text) };
}

/** @param current the newest version that lost no conflict */
export function toDraftRow(draft: Omit<StoredDraft, 'files'>, current: number | undefined): LabDraftRowView {
  const { version, savedAt, device, bytes, setAside } = draft;
  const fate = setAside ? 'set-aside' : version === current ? 'current' : 'earlier';
  return { version, savedAt, device, bytes, fate };
}
