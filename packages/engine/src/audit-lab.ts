import { auditPins, differs, unless, type Audit } from './audit.ts';
import { shareOf } from './decide-lab.ts';
import { APPLIED_SHARE, EXPLAIN_RIGHT } from './rule-numbers.ts';

/** Graded: what had been given on the lab is what the ledger says. */
export const auditLabGraded: Audit<'lab-graded'> = ({ state }, body) => {
  const record = state.labs[body.lab];
  const { hints, mentor, solution } = body.aid;
  return [
    ...auditPins(body.pins, state),
    ...unless(
      hints === (record?.hints ?? 0),
      `${hints} hints are recorded; ${record?.hints ?? 0} were given`,
    ),
    ...unless(mentor === ((record?.mentorAt ?? null) !== null), 'the mentor’s aid is not what was given'),
    ...unless(solution === ((record?.solutionAt ?? null) !== null), 'the solution is not what was given'),
    ...unless(
      body.status !== 'passed' || body.tests.passed === body.tests.of,
      'passed although some test did not',
    ),
  ];
};

/** Explained: by as many right answers to the open questions as the rule asks for. */
export const auditExplainEnded: Audit<'explain-ended'> = ({ state }, body) => [
  ...auditPins(body.pins, state),
  ...unless(state.explaining?.explainId === body.explainId, 'an end of questions that were not open'),
  ...unless(
    (body.outcome === 'explained') === (body.right >= EXPLAIN_RIGHT && body.reason === 'answered'),
    `${body.right} of ${body.of} right answers do not give ${body.outcome}`,
  ),
];

/** Applied: by a pass without mentor or solution, just explained, that earned enough of the lines which carry the skill. */
export const auditApplied: Audit<'applied'> = ({ state, lastExplained }, body) => {
  const unknown = auditPins(body.pins, state);
  if (unknown.length > 0) return unknown;
  const isExplained = lastExplained?.explainId === body.explainId && lastExplained.outcome === 'explained';
  const pass = state.labs[body.lab]?.pass ?? null;
  if (pass === null || pass.submissionId !== body.submissionId)
    return ['applied by a submission that is not the learner’s own pass of the lab'];
  const share = shareOf(pass.lines, body.skill) ?? 0;
  return [
    ...unless(isExplained, 'applied without having been explained'),
    ...unless(share >= APPLIED_SHARE, `applied with a share of ${share}`),
    ...differs('share', body.share, share),
  ];
};
