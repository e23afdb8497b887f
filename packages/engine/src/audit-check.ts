import { auditPins, beliefDiffers, beliefIn, unless, type Audit, type Trail } from './audit.ts';
import { verdictNow } from './decide-check.ts';
import type { EventBodies } from './events.ts';
import { owedPractice } from './gate.ts';
import { SESSION_CLOSES_AFTER, STOP_AFTER, STOP_FOR } from './rule-numbers.ts';
import type { CheckVerdict } from './rule.ts';

type Ended = EventBodies['check-ended'];

/** A check opens alone, after the practice that a not yet asks for, and not within twelve hours of a stop. */
export const auditStart: Audit<'check-started'> = ({ state }, body, at) => {
  const record = state.skills[body.skill];
  // Which owed families could still be served is not in the ledger: only the three answers can be checked.
  const owed = owedPractice(record, () => false).remaining;
  return [
    ...auditPins(body.pins, state),
    ...unless(state.check === null, 'a check was opened while another was open'),
    ...unless(owed === 0, `the check was opened with ${owed} practice answers still owed`),
    ...unless((record?.stopUntil ?? 0) <= at, 'the check was opened within twelve hours of a stop'),
    ...unless(
      (record?.checks.notYetInARow ?? 0) < STOP_AFTER,
      'three checks in a row ended not yet, and no stop is recorded',
    ),
  ];
};

/** A check ends as the rule says, or left, expired or without a fresh item as the rule allows, on the numbers that the facts give. */
export const auditEnd: Audit<'check-ended'> = ({ state }, body, at) => {
  const unknown = auditPins(body.pins, state);
  if (unknown.length > 0) return unknown;
  const { check } = state;
  if (check === null || check.checkId !== body.checkId || check.skill !== body.skill)
    return ['the check that ended was not open'];
  const verdict = verdictNow(state, check, at);
  const expired = at - check.lastAnswerAt >= SESSION_CLOSES_AFTER;
  return [
    ...outcomeFollows(body, verdict),
    ...unless(body.reason !== 'expired' || expired, 'the check expired before 24 hours without an answer'),
    ...countsDiffer(body, verdict),
    ...beliefDiffers(body, beliefIn(state, check, at)),
  ];
};

function outcomeFollows(body: Ended, verdict: CheckVerdict): string[] {
  const said = `${body.outcome} (${body.reason})`;
  if (verdict.status !== 'open') {
    const follows = verdict.status === body.outcome && verdict.reason === body.reason;
    return unless(
      follows,
      `the check ended ${said}; the rule says ${verdict.status} (${verdict.reason ?? 'rule'})`,
    );
  }
  if (body.outcome === 'no-variant') return unless(body.reason === 'no-variant', `the check ended ${said}`);
  const closed = body.reason === 'left' || body.reason === 'expired';
  const expected = verdict.misses > 0 ? 'not-yet' : 'withdrawn';
  return unless(closed && body.outcome === expected, `the check ended ${said}; the rule had not decided it`);
}

function countsDiffer(body: Ended, verdict: CheckVerdict): string[] {
  const names = ['streak', 'misses', 'asked'] as const;
  const numbers = names.filter((name) => body[name] !== verdict[name]);
  const lists = (['families', 'kinds', 'levels'] as const).filter(
    (name) => body[name].join(' ') !== verdict[name].join(' '),
  );
  const wrong = [...numbers, ...lists];
  return unless(wrong.length === 0, `${wrong.join(', ')} of the check are not what its answers give`);
}

/** A stop follows three not-yets in a row and lasts twelve hours. */
export const auditStop: Audit<'stop-without-mastery'> = ({ state }: Trail, body, at) => [
  ...unless(
    (state.skills[body.skill]?.checks.notYetInARow ?? 0) >= STOP_AFTER,
    'the stop follows fewer than three not-yets in a row',
  ),
  ...unless(body.until === at + STOP_FOR, 'the stop does not last twelve hours'),
];
