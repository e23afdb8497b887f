import { renderLesson } from '@edirae/curriculum';
import {
  beliefOf,
  checkGate,
  dependentsOf,
  emptyState,
  isOpen,
  judgeCheck,
  missingRequirements,
  RULE_VERSION,
  skillKinds,
  stateOf,
  type LearnerState,
} from '@edirae/engine';
import { createVariantChooser } from '../issuing/fresh-variant.ts';
import { toLabLink } from '../labs/present-lab.ts';
import { listCheckSummaries } from '../present/check-summary.ts';
import { listEvidence } from '../present/evidence.ts';
import { RULE_SENTENCE } from '../present/rule-view.ts';
import { toSkillRow } from '../present/skill-rows.ts';
import { whyInTrack, type Why } from '../present/why-in-track.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { SkillView } from '../views.ts';
import { toFamilies, type NotFound } from './refusals.ts';

const EVIDENCE_SHOWN = 12;

/** Everything a skill's page shows. @param learnerId null for a visitor who has not begun */
export async function getSkill(
  school: School,
  learnerId: string | null,
  skillId: string,
): Promise<{ outcome: 'skill'; skill: SkillView } | NotFound> {
  const skill = school.curriculum.skills.get(skillId);
  if (!skill) return { outcome: 'not-found' };
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const state = reader?.state ?? emptyState();
  const now = reader?.now ?? school.clock();
  const record = state.skills[skillId];
  const track = state.goal?.skills ?? [];
  const why = state.goal
    ? whyInTrack(school, state.goal, school.matcher.readGoal(state.goal.text))
    : new Map<string, Why>();
  const withState = (id: string) => ({ id, title: skillTitle(school, id), state: stateOf(state.skills[id]) });
  const belief = beliefOf(state, school.graph, skillId, now);
  const open = state.check?.skill === skillId ? state.check : null;
  const checks = reader ? await listCheckSummaries(reader, skillId) : [];
  return {
    outcome: 'skill',
    skill: {
      ...toSkillRow({ school, state, now, targets: state.goal?.targets ?? [], why }, skillId),
      p: belief,
      lockedBy: isOpen(state, school.graph, skillId)
        ? []
        : missingRequirements(state, school.graph, skillId).map(withState),
      requiresRows: skill.requires.map(withState),
      leadsTo: dependentsOf(school.graph, skillId).map(withState),
      misconceptions: skill.misconceptions.map(({ id, belief: text, correction }) => ({
        id,
        belief: text,
        correction,
      })),
      lesson: skill.lesson ? { ...renderLesson(skill, school.curriculum), words: skill.lesson.words } : null,
      resources: listResources(school, skillId),
      sources: skill.sources.map(({ title, url, date }) => ({ title, url, date: date ?? null })),
      cards: skill.cards.length,
      families: skill.families.length,
      labs: school.curriculum.labs
        .filter((lab) => lab.skills.includes(skillId))
        .flatMap(({ id }) => toLabLink(school, state, id) ?? []),
      rule: {
        version: RULE_VERSION,
        sentence: RULE_SENTENCE,
        conditions: judgeCheck(
          open ?? { answers: [], kinds: skillKinds(school.graph, skillId).length },
          belief.p,
        ).conditions,
      },
      gate: await gateView(school, reader, state, skillId, now),
      checks,
      evidence: listEvidence(school, state, { skill: skillId, limit: EVIDENCE_SHOWN }),
      dates: {
        placedAt: record?.placed?.at ?? null,
        knowsAt: record?.knowsAt ?? null,
        demonstratedAt: record?.demonstratedAt ?? null,
        retainedAt: record?.retainedAt ?? null,
        appliedAt: record?.appliedAt ?? null,
      },
      assurance:
        stateOf(record) === 'applied' ? (record?.appliedBy?.assurance ?? 'self-attested') : 'self-attested',
      inTrack: track.includes(skillId),
    },
  };
}

function listResources(school: School, skillId: string): SkillView['resources'] {
  const skill = school.curriculum.skills.get(skillId);
  return (skill?.resources ?? []).flatMap(({ url, why }) => {
    const known = school.curriculum.resources.find((resource) => resource.url === url);
    return known
      ? [{ title: known.title, org: known.org ?? '', url, type: known.type, why: why || null }]
      : [];
  });
}

async function gateView(
  school: School,
  reader: LearnerReader | null,
  state: LearnerState,
  skill: string,
  now: number,
): Promise<SkillView['gate']> {
  const chooser = createVariantChooser(
    school,
    state,
    now,
    reader ? await reader.store.listRetractions() : [],
  );
  const gate = checkGate(state, school.graph, skill, now, (family) => chooser.canPractise(family));
  if (gate.allowed) return { allowed: true, challenge: !isOpen(state, school.graph, skill) };
  switch (gate.why) {
    case 'check-open':
      return { allowed: false, why: 'check-open', checkId: gate.checkId, skill: state.check?.skill ?? skill };
    case 'practice-first':
      return {
        allowed: false,
        why: 'practice-first',
        remaining: gate.remaining,
        families: toFamilies(school, gate.families).map((family) => family.title),
      };
    case 'stopped':
      return {
        allowed: false,
        why: 'stopped',
        until: gate.until,
        propose: gate.propose === null ? null : { id: gate.propose, title: skillTitle(school, gate.propose) },
      };
    case 'not-written':
      return { allowed: false, why: 'not-written' };
  }
}
