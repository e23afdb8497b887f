import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { EventBodies, LedgerEvent, NewEvent } from './events.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';
import { auditDecisions } from './verify.ts';

const graph = smallGraph();

const problems = (events: readonly LedgerEvent[]): string[] =>
  auditDecisions(events).map(({ problem }) => problem);

/** A learner with a goal, a placement, practice, two passes, a not yet, a challenge and a retained skill. */
const full = (): Walk => {
  const walk = createWalk(graph);
  walk.setGoal(['a', 'b', 'c', 'd']);
  walk.place(['a', 'b', 'c', 'd'], (id) => (id === 'd' ? 'incorrect' : 'correct'));
  walk.practise('f', 'correct', { aid: 'hint-1' });
  walk.practise('f', 'incorrect', { family: 'f-one', variant: 'v', confidence: 75 });
  walk.practise('f', 'correct', { family: 'f-one', variant: 'v', retryOf: 'again' });
  walk.fail('f');
  walk.mend('f');
  walk.pass('f');
  walk.pass('e');
  walk.wait(48 * HOUR);
  walk.review('f', 'correct');
  walk.wait(120 * HOUR);
  walk.review('f', 'correct');
  return walk;
};

/** The ledger with the nth body of a type changed by somebody. */
function tamper<T extends NewEvent['type']>(
  walk: Walk,
  type: T,
  change: (body: EventBodies[T], event: LedgerEvent) => void,
  nth = 0,
): LedgerEvent[] {
  const events = structuredClone(walk.events);
  const event = events.filter((candidate) => candidate.type === type).at(nth);
  if (event === undefined) throw new Error(`No ${type} to tamper with`);
  change(event.body as EventBodies[T], event);
  return events;
}

/** The ledger without the nth event of a type, closed up so that only the decision is missing. */
function drop(walk: Walk, type: NewEvent['type'], nth = 0): LedgerEvent[] {
  const gone = walk.events.filter((event) => event.type === type).at(nth);
  return walk.events.filter((event) => event !== gone).map((event, i) => ({ ...event, seq: i + 1 }));
}

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

describe('what was placed', () => {
  const placed = (): Walk => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd'], () => 'correct');
    return walk;
  };
  const added = (skill: string): string[] =>
    problems(
      tamper(placed(), 'skills-placed', (body) => {
        body.skills.push({ skill, p: 0.9, skillDifficulty: 0.4 });
      }),
    );

  test('without a right answer that speaks for it is noticed', () => {
    expect(added('f')).toContain('f was placed without a right answer on it or on a skill that requires it');
  });

  test('with another p than the facts give is noticed', () => {
    expect(added('f').some((problem) => problem.startsWith('p of f is recorded as 0.9'))).toBe(true);
  });

  test('under .85 is noticed', () => {
    const events = tamper(placed(), 'skills-placed', (body) => {
      (body.skills[0] as { p: number }).p = 0.84;
    });
    expect(problems(events)).toContain('a was placed with p 0.84');
  });

  test('in spite of a miss is noticed', () => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd'], (id) => (id === 'd' ? 'incorrect' : 'correct'));
    const events = tamper(walk, 'skills-placed', (body) => {
      body.skills.push({ skill: 'd', p: 0.9, skillDifficulty: 0.4 });
    });
    expect(problems(events)).toContain('d was placed in spite of a miss on it');
  });

  test('by a placement that never was is noticed', () => {
    const events = tamper(placed(), 'skills-placed', (body) => {
      body.sessionId = 'other';
    });
    expect(problems(events)).toContain('placed by a placement that had not just ended');
  });

  test('by a challenge that was not passed is noticed', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    expect(problems(walk.events)).toEqual([]);
    const events = tamper(walk, 'skills-placed', (body) => {
      body.sessionId = 'other';
    });
    expect(problems(events)).toContain('placed by a challenge that was not passed');
  });
});

describe('what opened', () => {
  test('without what it required is noticed', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    const events = tamper(walk, 'skills-opened', (body) => {
      body.skills.push('d');
      body.requires = { ...body.requires, d: ['c'] };
    });
    expect(problems(events)).toEqual(['d was opened without c']);
  });

  test('by a waiver is in order', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'waiver', body: { skill: 'c', by: 'Ruth', note: '' } }]);
    walk.append([{ type: 'skills-opened', body: { skills: ['d'], requires: { d: ['c'] } } }]);
    expect(problems(walk.events)).toEqual([]);
  });
});

describe('what was retained', () => {
  const retained = (): Walk => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(120 * HOUR);
    walk.review('a', 'correct');
    return walk;
  };

  test('by other reviews than recorded is noticed', () => {
    const events = tamper(retained(), 'retained', (body) => {
      body.first = 'another';
    });
    expect(problems(events)).toEqual(['the two reviews do not retain the skill']);
  });

  test('by a review that was not just answered is noticed', () => {
    const events = tamper(retained(), 'retained', (body) => {
      body.second = 'another';
    });
    expect(problems(events)).toEqual(['retained by a review that was not just answered']);
  });

  test('too early is noticed', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(HOUR);
    walk.review('a', 'correct');
    const [first, second] = walk.events.filter(
      (event) => event.type === 'attempt' && event.body.place === 'review',
    );
    const ids = [first, second].map((event) => (event?.body as EventBodies['attempt']).issueId);
    const { p, pins } = second?.body as EventBodies['attempt'];
    const body = { skill: 'a', first: ids[0] as string, second: ids[1] as string, p: p.after, pins };
    walk.append([{ type: 'retained', body }]);
    expect(problems(walk.events)).toEqual(['the two reviews do not retain the skill']);
  });
});

describe('a guest’s chain taken over', () => {
  const adopted = (): Walk => {
    const account = createWalk(graph, full().now() + DAY);
    account.practise('a', 'incorrect');
    const taken = full().events.map((event): NewEvent => ({
      type: 'adopted',
      body: { ...event, learnerId: 'guest', prev: '0', hash: '1' },
    }));
    account.append(taken);
    account.practise('a', 'correct');
    return account;
  };

  test('is judged by itself, and the account goes on from both', () => {
    expect(problems(adopted().events)).toEqual([]);
  });

  test('in which something was changed is noticed', () => {
    const events = structuredClone(adopted().events);
    const forged = events.find((event) => event.type === 'adopted' && event.body.type === 'check-ended');
    const body = (forged?.body as EventBodies['adopted']).body as EventBodies['check-ended'];
    body.outcome = 'passed';
    expect(problems(events)[0]).toMatch(/^as guest, event \d+: the check ended passed/);
  });
});
