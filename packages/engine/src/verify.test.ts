import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { EventBodies, LedgerEvent } from './events.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { drop, full, problems, tamper } from './testing/tamper.ts';
import { createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';
import { auditDecisions } from './verify.ts';

const graph = smallGraph();

describe('a ledger as the engine writes it', () => {
  test('has no problems', () => {
    expect(problems(full().events)).toEqual([]);
  });

  test('has none after anything that a learner may do', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        expect(auditDecisions(stroll(graph, list).events)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('has none when it is empty', () => {
    expect(problems([])).toEqual([]);
  });

  test('has none after it went through JSON', () => {
    expect(problems(JSON.parse(JSON.stringify(full().events)) as LedgerEvent[])).toEqual([]);
  });
});

describe('the chain', () => {
  test('with an event taken out is noticed', () => {
    const { events } = full();
    expect(problems(events.filter((event) => event.seq !== 5))).toContain('event 6 follows event 4');
  });

  test('in which time goes back is noticed', () => {
    const events = tamper(full(), 'retained', (_body, event) => {
      event.at -= 30 * DAY;
    });
    expect(problems(events)).toContain('time goes back');
  });

  test('names the event that is wrong', () => {
    const walk = full();
    const target = walk.events.find((event) => event.type === 'attempt');
    const events = tamper(walk, 'attempt', (body) => {
      body.p.after = 0.99;
    });
    expect(auditDecisions(events)[0]).toMatchObject({
      seq: target?.seq,
      problem: expect.stringContaining('0.99'),
    });
  });
});

describe('an answer', () => {
  test('whose verdict was turned no longer fits its p', () => {
    const events = tamper(full(), 'attempt', (body) => {
      body.outcome = body.outcome === 'correct' ? 'incorrect' : 'correct';
    });
    expect(problems(events).some((problem) => problem.startsWith('p is recorded as'))).toBe(true);
  });

  test('whose p was raised is noticed, before and after', () => {
    for (const part of ['before', 'after', 'low', 'high'] as const) {
      const events = tamper(full(), 'attempt', (body) => {
        body.p[part] += 1e-6;
      });
      expect(problems(events)).toHaveLength(1);
    }
  });

  test('may differ in the last bits, where another machine rounds another way', () => {
    const events = tamper(full(), 'attempt', (body) => {
      body.p.after += 1e-13;
    });
    expect(problems(events)).toEqual([]);
  });

  test('whose help was hidden is noticed', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { aid: 'hint-1' });
    const events = tamper(walk, 'attempt', (body) => {
      body.aid = 'none';
    });
    expect(problems(events)).toContain('the aid is recorded as none, and was hint-1');
  });

  test('to an item that was never shown is noticed', () => {
    expect(problems(drop(full(), 'item-issued'))).toContain('the answer is to no open issue');
  });

  test('to another item than was shown is noticed', () => {
    const events = tamper(full(), 'attempt', (body) => {
      body.family = 'another';
      body.difficulty = -3;
    });
    expect(problems(events)).toContain('the answer differs from its issue in family, difficulty');
  });

  test('to a repeated variant cannot be called a first try', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'v' });
    walk.practise('a', 'correct', { family: 'a-one', variant: 'v', retryOf: 'i1' });
    const events = tamper(
      walk,
      'attempt',
      (body) => {
        body.firstTry = true;
      },
      1,
    );
    expect(problems(events)).toContain('a repeated variant is recorded as a first try');
  });

  test('pinned to an estimator or a rule that does not exist is a problem, and the audit goes on', () => {
    const strange = tamper(full(), 'attempt', (body) => {
      body.pins.estimator = 'oracle-9';
    });
    expect(problems(strange)[0]).toBe('pinned to estimator oracle-9, which this engine does not hold');
    expect(problems(strange)).toContain('cannot be replayed: No such estimator: oracle-9');
    const later = tamper(full(), 'attempt', (body) => {
      body.pins.rule = 7;
    });
    expect(problems(later)).toContain('pinned to rule 7, which this engine does not hold');
  });
});

describe('an item', () => {
  test('that was seen and is called fresh is noticed', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'v' });
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    const events = tamper(
      walk,
      'item-issued',
      (body) => {
        body.fresh = true;
      },
      1,
    );
    expect(problems(events)).toContain('the variant is recorded as fresh, and was not');
  });

  test('of a check outside a check is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.ask({ skill: 'a', place: 'check' });
    expect(problems(drop(walk, 'check-started'))).toContain(
      'a check item was issued outside an open check on its skill',
    );
  });

  test('served on after the rule had decided is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect');
    walk.check('incorrect');
    const [issued] = walk.events.filter((event) => event.type === 'item-issued');
    const rest = walk.events.filter((event) => event.type !== 'check-ended');
    const body = {
      ...(issued?.body as EventBodies['item-issued']),
      issueId: 'more',
      fingerprint: 'new',
      variant: 'new',
    };
    const events = [
      ...rest,
      { type: 'item-issued', body, seq: rest.length + 1, at: walk.now() } as LedgerEvent,
    ];
    expect(problems(events)).toContain('an item was issued after the rule had decided the check');
  });
});

describe('the end of a check', () => {
  const failed = (): Walk => {
    const walk = createWalk(graph);
    walk.fail('a');
    return walk;
  };
  const ended = (change: (body: EventBodies['check-ended']) => void): string[] =>
    problems(tamper(failed(), 'check-ended', change));

  test('turned into a pass is noticed', () => {
    const found = ended((body) => {
      body.outcome = 'passed';
      body.reason = 'rule';
    });
    expect(found).toContain('the check ended passed (rule); the rule says not-yet (second-miss)');
  });

  test('turned into a withdrawal is noticed', () => {
    const found = ended((body) => {
      body.outcome = 'withdrawn';
      body.reason = 'left';
    });
    expect(found).toContain('the check ended withdrawn (left); the rule says not-yet (second-miss)');
  });

  test('with other numbers than its answers give is noticed', () => {
    expect(ended((body) => (body.streak = 3))).toContain('streak of the check are not what its answers give');
    expect(ended((body) => (body.families = ['a', 'b']))).toContain(
      'families of the check are not what its answers give',
    );
    expect(ended((body) => (body.p = 0.9))).toHaveLength(1);
  });

  test('by leaving before the rule decided, called a pass, is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct');
    walk.leave();
    const events = tamper(walk, 'check-ended', (body) => {
      body.outcome = 'passed';
    });
    expect(problems(events)).toContain('the check ended passed (left); the rule had not decided it');
  });

  test('by leaving with a miss, called withdrawn, is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect');
    walk.leave();
    const events = tamper(walk, 'check-ended', (body) => {
      body.outcome = 'withdrawn';
    });
    expect(problems(events)).toContain('the check ended withdrawn (left); the rule had not decided it');
  });

  test('by expiry before its time is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.leave();
    const events = tamper(walk, 'check-ended', (body) => {
      body.reason = 'expired';
    });
    expect(problems(events)).toContain('the check expired before 24 hours without an answer');
  });

  test('of a check that is not open is noticed', () => {
    expect(problems(drop(failed(), 'check-started'))).toContain('the check that ended was not open');
  });
});

describe('the start of a check', () => {
  test('while another is open is noticed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.leave();
    walk.startCheck('f');
    expect(problems(drop(walk, 'check-ended'))).toContain('a check was opened while another was open');
  });

  test('before the practice that is owed is noticed', () => {
    const walk = createWalk(graph);
    walk.fail('a');
    walk.startCheck('a');
    expect(problems(walk.events)).toContain('the check was opened with 3 practice answers still owed');
  });

  test('within twelve hours of a stop is noticed', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.fail('a');
      walk.mend('a');
    }
    walk.startCheck('a');
    expect(problems(walk.events)).toEqual(['the check was opened within twelve hours of a stop']);
  });

  test('after three not-yets from which the stop was cut out is noticed', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.fail('a');
      walk.mend('a');
    }
    walk.wait(12 * HOUR);
    walk.startCheck('a');
    expect(problems(walk.events)).toEqual([]);
    expect(problems(drop(walk, 'stop-without-mastery'))).toEqual([
      'three checks in a row ended not yet, and no stop is recorded',
    ]);
  });
});

describe('a stop', () => {
  const stopped = (): Walk => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.fail('a');
      walk.mend('a');
    }
    return walk;
  };

  test('that is too short is noticed', () => {
    const events = tamper(stopped(), 'stop-without-mastery', (body) => {
      body.until -= HOUR;
    });
    expect(problems(events)).toEqual(['the stop does not last twelve hours']);
  });

  test('without three not-yets is noticed', () => {
    const events = tamper(stopped(), 'stop-without-mastery', (body) => {
      body.skill = 'f';
    });
    expect(problems(events)).toContain('the stop follows fewer than three not-yets in a row');
  });
});
