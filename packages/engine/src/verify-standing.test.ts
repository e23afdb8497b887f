import { describe, expect, test } from 'vitest';
import type { EventBodies, LedgerEvent, NewEvent } from './events.ts';
import { smallGraph } from './testing/graph.ts';
import { full, problems, tamper } from './testing/tamper.ts';
import { createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';

const graph = smallGraph();

const toBody = (event: LedgerEvent | undefined): EventBodies['attempt'] => {
  if (event?.type !== 'attempt') throw new Error('No attempt');
  return event.body;
};

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
    const ids = [first, second].map((event) => toBody(event).issueId);
    const { p, pins } = toBody(second);
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
    if (forged?.type !== 'adopted') throw new Error('No check in the guest’s chain');
    const body = forged.body.body as EventBodies['check-ended'];
    body.outcome = 'passed';
    expect(problems(events)[0]).toMatch(/^as guest, event \d+: the check ended passed/);
  });
});
