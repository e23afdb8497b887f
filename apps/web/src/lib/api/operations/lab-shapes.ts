/** From the views that pages show to the shapes that the API promises: fields are named, not left over. */
import type { ExplainBackView, LabRowView, LabView, SubmissionRowView, SubmissionView } from '@edirae/school';

export function toLabRow(view: LabRowView) {
  const { id, title, stage, minutes, capstone, languages, story, onTrack, state, tests } = view;
  const skills = view.skills.map((skill) => ({ id: skill.id, title: skill.title, state: skill.state }));
  const { passedAt, appliedAt } = view;
  return {
    id,
    title,
    stage,
    minutes,
    capstone,
    languages,
    story,
    skills,
    onTrack,
    state,
    tests,
    passedAt,
    appliedAt,
  };
}

export function toLab(view: LabView) {
  const { language, entry, instructions, limits, hidden, starter, draft, aid, sandbox } = view;
  return {
    ...toLabRow(view),
    language,
    entry,
    instructions,
    limits,
    rubric: view.rubric.map((line) => ({ ...line, skills: line.skills.map(({ id }) => id) })),
    visible: view.browserLab,
    hidden,
    starter,
    draft,
    hints: {
      of: view.hints.of,
      taken: view.hints.taken.map(({ n, title, text }) => ({ n, title, text })),
    },
    aid,
    submission: view.submission && toSubmission(view.submission),
    explainBack: view.explainBack && toExplainBack(view.explainBack),
    evidence: view.evidence.map(({ skill, state, share, applied, unreviewed, missing }) => ({
      skill: skill.id,
      state,
      share,
      appliedAt: applied?.at ?? null,
      assurance: applied?.assurance ?? null,
      unreviewed,
      missing,
    })),
    sandbox,
  };
}

export function toSubmissionRow({ id, ...row }: SubmissionRowView) {
  const { lab, language, number, at, state, status, score, tests } = row;
  return { submissionId: id, lab, language, number, at, state, status, score, tests, row: row.row };
}

export function toSubmission(view: SubmissionView) {
  const { kind, ahead, progress, result } = view;
  return {
    ...toSubmissionRow(view),
    kind,
    ahead,
    progress,
    result: result && toResult(result),
    moved: toMoved(view.moved),
  };
}

/** Of hidden tests name and verdict: the view holds no more, and neither does this. */
function toResult(result: NonNullable<SubmissionView['result']>) {
  const { status, reason, sandbox, language, score, stdout, truncated, resources } = result;
  return {
    status,
    reason,
    sandbox,
    language,
    tests: [
      ...result.visible.map(({ name, rubric, passed, message }) => ({
        name,
        visible: true,
        passed,
        rubric,
        message,
      })),
      ...result.hidden.map(({ name, passed }) => ({ name, visible: false, passed })),
    ],
    score,
    stdout,
    truncated,
    resources,
  };
}

export function toExplainBack(view: ExplainBackView) {
  const { id, lab, submissionId, state, at, questions, right, of, needs, until } = view;
  return {
    explainId: id,
    lab,
    submissionId,
    state,
    at,
    questions,
    right,
    of,
    needs,
    until,
    moved: toMoved(view.moved),
  };
}

function toMoved(moved: SubmissionView['moved']) {
  return moved.map(({ skill, state }) => ({ skill: skill.id, state }));
}
