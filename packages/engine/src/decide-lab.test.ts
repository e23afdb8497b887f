import { describe, expect, test } from 'vitest';
import type { LabLine, LedgerEvent, NewEvent } from './events.ts';
import { aidLab, endExplaining, explainGate, gradeLab, shareOf, startExplaining } from './decide-lab.ts';
import { dueClosures } from './decide-placement.ts';
import { replay } from './fold.ts';
import { stateOf } from './standing.ts';
import { smallGraph } from './testing/graph.ts';
import { problems, tamper } from './testing/tamper.ts';
import { createWalk, HOUR, T0, type Walk } from './testing/walk.ts';

const LINES: LabLine[] = [
  { id: 'main', weight: 60, earned: 60, by: 'tests', skills: ['a'] },
  { id: 'edge', weight: 30, earned: 30, by: 'tests', skills: ['a', 'b'] },
  { id: 'note', weight: 10, earned: 0, by: 'person', skills: ['c'] },
];

let serial = 0;

function submit(walk: Walk, status: 'passed' | 'failed' = 'passed', lines = LINES): string {
  const submissionId = `s${++serial}`;
  const run = { labHash: 'h', language: 'py', sandbox: 'pyodide', files: 'f' } as const;
  const tests = { passed: status === 'passed' ? 9 : 4, of: 9 };
  walk.append(gradeLab(walk.state(), walk.ctx(), { submissionId, lab: 'lab', status, tests, lines, ...run }));
  return submissionId;
}

function ask(walk: Walk, submissionId: string): void {
  const explainId = `e${++serial}`;
  walk.append(
    startExplaining(walk.state(), walk.ctx(), { explainId, submissionId, lab: 'lab', questions: 3 }),
  );
}

const answer = (walk: Walk, right: number): readonly NewEvent[] =>
  walk.append(endExplaining(walk.state(), walk.ctx(), { reason: 'answered', right }));

const help = (walk: Walk, aid: 'hint' | 'mentor' | 'solution', n?: number): void => {
  walk.append(aidLab(walk.state(), { lab: 'lab', aid, ...(n === undefined ? {} : { n }) }));
};

const gate = (walk: Walk) => explainGate(walk.state().labs['lab'], walk.now());

describe('work on a lab', () => {
  test('is practice of what tests decide, and applies nothing by itself', () => {
    const walk = createWalk(smallGraph());
    submit(walk);
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    expect(stateOf(walk.state().skills['c'])).toBe('new');
    expect(walk.state().skills['a']?.appliedAt).toBeNull();
  });

  test('passed and explained makes its skills Applied, shown once they are demonstrated', () => {
    const walk = createWalk(smallGraph());
    ask(walk, submit(walk));
    expect(walk.state().explaining).not.toBeNull();
    answer(walk, 2);
    expect(walk.state().explaining).toBeNull();
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    walk.pass('a');
    expect(stateOf(walk.state().skills['a'])).toBe('applied');
    expect(walk.state().skills['a']?.appliedBy).toMatchObject({ lab: 'lab', unreviewed: true });
    // Its only line waits for a person.
    expect(walk.state().skills['c']?.appliedAt ?? null).toBeNull();
    expect(problems(walk.events)).toEqual([]);
  });

  test('explained by fewer than two right answers applies nothing, and is asked again after twelve hours', () => {
    const walk = createWalk(smallGraph());
    const submission = submit(walk);
    ask(walk, submission);
    answer(walk, 1);
    expect(walk.state().skills['a']?.appliedAt).toBeNull();
    expect(gate(walk)).toEqual({ allowed: false, why: 'wait', until: T0 + 12 * HOUR });
    walk.wait(12 * HOUR);
    expect(gate(walk)).toEqual({ allowed: true, submissionId: submission });
  });

  test('left for 24 hours while it is asked about counts as not explained', () => {
    const walk = createWalk(smallGraph());
    ask(walk, submit(walk));
    walk.wait(24 * HOUR - 1);
    expect(dueClosures(walk.state(), walk.ctx())).toEqual([]);
    walk.wait(1);
    walk.close();
    expect(walk.state().explaining).toBeNull();
    expect(gate(walk)).toMatchObject({ why: 'wait' });
    expect(problems(walk.events)).toEqual([]);
  });

  test('that failed is not explained', () => {
    const walk = createWalk(smallGraph());
    const submission = submit(walk, 'failed');
    expect(gate(walk)).toEqual({ allowed: false, why: 'not-passed' });
    expect(() => ask(walk, submission)).toThrow('not to be explained');
  });

  test.each(['mentor', 'solution'] as const)('after %s is no evidence', (aid) => {
    const walk = createWalk(smallGraph());
    help(walk, aid);
    const submission = submit(walk);
    expect(gate(walk)).toEqual({ allowed: false, why: 'aided' });
    expect(() => ask(walk, submission)).toThrow('not to be explained');
  });

  test('after hints is evidence, and says how many', () => {
    const walk = createWalk(smallGraph());
    help(walk, 'hint', 1);
    help(walk, 'hint', 2);
    help(walk, 'hint', 2);
    submit(walk);
    const graded = walk.events.at(-1);
    expect(graded?.type === 'lab-graded' && graded.body.aid.hints).toBe(2);
    expect(walk.events.filter((event) => event.type === 'lab-aid')).toHaveLength(2);
    expect(gate(walk)).toMatchObject({ allowed: true });
  });

  test('that passed before the solution was shown can still be explained; what comes after it cannot', () => {
    const walk = createWalk(smallGraph());
    const own = submit(walk);
    help(walk, 'solution');
    submit(walk);
    expect(gate(walk)).toEqual({ allowed: true, submissionId: own });
  });

  test('carries a skill by the lines that tests decide only', () => {
    expect(shareOf(LINES, 'a')).toBe(1);
    expect(shareOf(LINES, 'c')).toBeNull();
    const half = LINES.map((line) => (line.id === 'edge' ? { ...line, earned: 0 } : line));
    expect(shareOf(half, 'a')).toBeCloseTo(60 / 90);
  });

  test('of less than seven tenths of a line applies nothing of that line', () => {
    const walk = createWalk(smallGraph());
    ask(
      walk,
      submit(
        walk,
        'passed',
        LINES.map((line) => (line.id === 'edge' ? { ...line, earned: 15 } : line)),
      ),
    );
    answer(walk, 3);
    expect(walk.state().skills['a']?.appliedAt).toBe(T0);
    expect(walk.state().skills['b']?.appliedAt).toBeNull();
  });
});

describe('a ledger with work on labs', () => {
  const worked = (): Walk => {
    const walk = createWalk(smallGraph());
    help(walk, 'hint', 1);
    ask(walk, submit(walk));
    answer(walk, 2);
    return walk;
  };

  test('follows from its facts, and replays', () => {
    const walk = worked();
    expect(problems(walk.events)).toEqual([]);
    expect(replay(walk.events)).toEqual(walk.state());
  });

  test('whose submission had less help than was given is noticed', () => {
    const events = tamper(worked(), 'lab-graded', (body) => (body.aid.hints = 0));
    expect(problems(events)).toContain('0 hints are recorded; 1 were given');
  });

  test('with a pass that some test did not is noticed', () => {
    const events = tamper(worked(), 'lab-graded', (body) => (body.tests.passed = 8));
    expect(problems(events)).toContain('passed although some test did not');
  });

  test('explained by too few right answers is noticed', () => {
    const events = tamper(worked(), 'explain-ended', (body) => (body.right = 1));
    expect(problems(events)).toContain('1 of 3 right answers do not give explained');
  });

  test('with an Applied that nobody explained is noticed', () => {
    const events = worked().events.filter((event) => !event.type.startsWith('explain'));
    expect(problems(events.map((event, i) => ({ ...event, seq: i + 1 })))).toContain(
      'applied without having been explained',
    );
  });

  test('with an Applied after the mentor’s help is noticed', () => {
    const walk = worked();
    const aid: LedgerEvent = { type: 'lab-aid', body: { lab: 'lab', aid: 'mentor' }, seq: 0, at: T0 };
    const events = [aid, ...walk.events].map((event, i) => ({ ...event, seq: i + 1 }));
    expect(problems(events)).toContain('the mentor’s aid is not what was given');
    expect(problems(events)).toContain(
      'applied by a submission that is not the learner’s own pass of the lab',
    );
  });

  test('taken over from a guest counts, unless the account had been helped with that lab', () => {
    const guest = worked();
    const adopt = (walk: Walk): void => {
      for (const { type, body, seq, at } of guest.events)
        walk.append([{ type: 'adopted', body: { learnerId: 'g', seq, at, type, body, prev: '', hash: '' } }]);
    };
    const fresh = createWalk(smallGraph());
    adopt(fresh);
    expect(fresh.state().skills['a']?.appliedAt).toBe(T0);
    const helped = createWalk(smallGraph());
    help(helped, 'solution');
    adopt(helped);
    expect(helped.state().skills['a']?.appliedAt ?? null).toBeNull();
  });
});
