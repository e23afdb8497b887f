/** From the views that pages show to the shapes that the API promises. */
import type { ItemView, ProgressView, SkillView, TrackView, VerdictView } from '@edirae/school';

const option = ({ id, text }: { id: string; text: string }) => ({ id, text });

/** Fields are named, not left over: HTML is made when it is read. */
export function toItem(view: ItemView) {
  const { issueId, skill, family, familyVersion, variant, context, kind, level, title, prompt } = view;
  const { given, unit, units, options, left, right, blanks } = view;
  return {
    issueId,
    skill,
    family,
    familyVersion,
    variant,
    context,
    kind,
    level,
    title,
    prompt,
    ...(given ? { given } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(units ? { units } : {}),
    ...(blanks ? { blanks } : {}),
    ...(options ? { options: options.map(option) } : {}),
    ...(left ? { left: left.map(option) } : {}),
    ...(right ? { right: right.map(option) } : {}),
  };
}

export function toTrack(view: TrackView) {
  return {
    goalId: view.goalId,
    skills: view.skills.map(({ id, title, stage, state, open, target, why, requires, written }) => ({
      id,
      title,
      stage,
      state,
      open,
      target,
      why,
      requires,
      written,
    })),
    skipped: view.skipped,
    plan: view.plan,
    labs: view.labs.map(({ id, title, minutes, capstone, state }) => ({
      id,
      title,
      minutes,
      capstone,
      state,
    })),
  };
}

export function toAttemptResult(verdict: VerdictView) {
  return {
    correct: verdict.correct,
    firstTry: verdict.firstTry,
    aid: verdict.aid,
    misconception: verdict.misconception?.id ?? null,
    feedback: verdict.feedback,
    solution: verdict.solution,
    p: verdict.p,
    state: verdict.state,
    opened: verdict.opened.map((skill) => skill.id),
    skill: verdict.skill,
    ...(verdict.repeated ? { repeated: true } : {}),
    ...(verdict.check
      ? {
          check: {
            checkId: verdict.check.checkId,
            status: verdict.check.status,
            streak: verdict.check.streak,
            misses: verdict.check.misses,
            asked: verdict.check.asked,
            missing: verdict.check.missing,
          },
        }
      : {}),
    ...(verdict.next ? { next: toItem(verdict.next) } : {}),
  };
}

export function toSkill(view: SkillView) {
  return {
    id: view.id,
    title: view.title,
    criterion: view.criterion,
    state: view.state,
    open: view.open,
    written: view.written,
    lockedBy: view.lockedBy.map((skill) => skill.id),
    p: view.p
      ? { value: view.p.p, low: view.p.low, high: view.p.high, n: view.p.n }
      : { value: 0, low: 0, high: 1, n: 0 },
    rule: { version: view.rule.version, conditions: view.rule.conditions },
    assurance: view.assurance,
    labs: view.labs.map(({ id }) => id),
  };
}

export function toProgress(view: ProgressView) {
  return {
    skills: view.skills.map((skill) => ({
      id: skill.id,
      state: skill.state,
      flags: skill.flags,
      p: skill.p?.p ?? null,
      ...(skill.demonstratedAt === null ? {} : { demonstratedAt: skill.demonstratedAt }),
      ...(skill.retainedAt === null ? {} : { retainedAt: skill.retainedAt }),
      ...(skill.appliedAt === null ? {} : { appliedAt: skill.appliedAt }),
    })),
  };
}
