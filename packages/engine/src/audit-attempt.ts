import { auditPins, beliefDiffers, beliefIn, differs, unless, type Audit } from './audit.ts';
import { verdictNow } from './decide-check.ts';
import { earnsCredit, isFresh } from './decide-attempt.ts';
import type { EventBodies, IssueFacts } from './events.ts';
import { foldNew } from './fold.ts';
import { MOST_CREDIT } from './review-credit.ts';

/** An item: fresh is what the ledger says, and a check serves fresh items only, one at a time, until the rule has decided. */
export const auditIssue: Audit<'item-issued'> = ({ state }, body, at) => {
  const fresh = isFresh(state, body.family, body.fingerprint, at);
  const problems = unless(
    body.fresh === fresh,
    `the variant is recorded as ${body.fresh ? 'fresh' : 'seen'}, and was not`,
  );
  if (body.place !== 'check') return problems;
  const { check } = state;
  if (check === null || check.checkId !== body.sessionId || check.skill !== body.skill) {
    return [...problems, 'a check item was issued outside an open check on its skill'];
  }
  return [
    ...problems,
    ...unless(fresh, 'a check item was not fresh'),
    ...unless(
      verdictNow(state, check, at).status === 'open',
      'an item was issued after the rule had decided the check',
    ),
  ];
};

const PINNED: readonly (keyof IssueFacts)[] = [
  'place',
  'sessionId',
  'skill',
  'family',
  'variant',
  'fingerprint',
  'kind',
  'level',
  'difficulty',
  'skillDifficulty',
  'fresh',
  'retryOf',
];

/** An answer: to an open issue, as that was shown, with the help that was recorded, and with the p that the facts give. */
export const auditAttempt: Audit<'attempt'> = ({ state }, body, at) => {
  const unknown = auditPins(body.pins, state);
  if (unknown.length > 0) return unknown;
  const issue = state.openIssues[body.issueId];
  if (issue === undefined) return ['the answer is to no open issue'];
  const changed = PINNED.filter((key) => issue[key] !== body[key]);
  const after = foldNew(state, [{ type: 'attempt', body }], at);
  return [
    ...unless(changed.length === 0, `the answer differs from its issue in ${changed.join(', ')}`),
    ...unless(issue.aid === body.aid, `the aid is recorded as ${body.aid}, and was ${issue.aid}`),
    ...unless(
      !body.firstTry || (issue.fresh && issue.retryOf === null),
      'a repeated variant is recorded as a first try',
    ),
    ...differs('p before', body.p.before, beliefIn(state, body, at).p),
    ...auditCredits(body),
    ...beliefDiffers({ p: body.p.after, low: body.p.low, high: body.p.high }, beliefIn(after, body, at)),
  ];
};

/** Credit: for right answers that count only, never to the skill itself, never more than the rule gives. Edges are not in the ledger. */
function auditCredits(body: EventBodies['attempt']): string[] {
  const { credits = [], skill } = body;
  return [
    ...unless(credits.length === 0 || earnsCredit(body), 'an answer that earns no credit gave some'),
    ...credits.flatMap((credit) =>
      unless(
        credit.skill !== skill && credit.weight > 0 && credit.weight <= MOST_CREDIT,
        `${credit.skill} was credited with ${credit.weight}`,
      ),
    ),
  ];
}
