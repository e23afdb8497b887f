import type { Result } from '@edirae/labs/browser';
import type { LabView, LearnerResult } from '@edirae/school';

/** A run in the browser, as results are shown wherever they come from. */
export function toLearnerResult(lab: Pick<LabView, 'visible' | 'rubric'>, result: Result): LearnerResult {
  const { status, reason, sandbox, language, stdout, truncated, resources } = result;
  const titles = new Map(lab.rubric.map(({ id, title }) => [id, title]));
  const failed = result.tests.find((test) => !test.passed);
  const written = lab.visible.find(({ name }) => name === failed?.name);
  return {
    status,
    reason,
    sandbox,
    language,
    visible: result.tests.map(({ name, rubric, passed, message }) => ({ name, rubric, passed, message })),
    hidden: [],
    firstFailure: failed && written ? { ...written, message: failed.message } : null,
    score: {
      total: result.score.total,
      lines: result.score.lines.map((line) => ({ ...line, title: titles.get(line.id) ?? line.id })),
    },
    stdout,
    truncated,
    resources,
  };
}
