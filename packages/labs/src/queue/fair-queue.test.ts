import { describe, expect, it } from 'vitest';
import { FairQueue, type Refusal, type Ticket } from './fair-queue.ts';

/** A queue whose work ends when the test says so, and that remembers in which order it started. */
function scene(limits = { running: 1, waiting: 10, perLearner: 5 }) {
  const queue = new FairQueue(limits);
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const submit = (learner: string, name: string) =>
    queue.submit(learner, (signal) => {
      started.push(name);
      return new Promise<string>((resolve, reject) => {
        finish.set(name, () => resolve(name));
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    });
  const end = async (name: string) => {
    finish.get(name)!();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, started, submit, end };
}

function taken<T>(given: Ticket<T> | Refusal): Ticket<T> {
  if ('outcome' in given) throw new Error(`refused: ${given.why}`);
  return given;
}

describe('a fair queue', () => {
  it('lets learners take turns, whatever each has waiting', async () => {
    const { started, submit, end } = scene();
    for (const name of ['a1', 'a2', 'a3']) taken(submit('a', name));
    taken(submit('b', 'b1'));
    taken(submit('c', 'c1'));
    for (const name of ['a1', 'a2', 'b1', 'c1']) await end(name);
    expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
  });

  it('tells everybody how many are started before them', async () => {
    const { submit, end } = scene();
    const running = taken(submit('a', 'a1'));
    const a2 = taken(submit('a', 'a2'));
    const a3 = taken(submit('a', 'a3'));
    const b1 = taken(submit('b', 'b1'));
    expect([running.place(), a2.place(), b1.place(), a3.place()]).toEqual([0, 1, 2, 3]);
    await end('a1');
    expect([a2.place(), b1.place(), a3.place()]).toEqual([0, 1, 2]);
  });

  it('runs as many at once as it may', async () => {
    const { queue, started, submit, end } = scene({ running: 2, waiting: 10, perLearner: 5 });
    for (const name of ['a1', 'a2', 'a3']) submit('a', name);
    expect(started).toEqual(['a1', 'a2']);
    expect(queue.load).toEqual({ waiting: 1, running: 2 });
    await end('a2');
    expect(started).toEqual(['a1', 'a2', 'a3']);
  });

  it('refuses when it is full, and takes in again when something has left', async () => {
    const { submit, end } = scene({ running: 1, waiting: 1, perLearner: 5 });
    submit('a', 'a1');
    submit('b', 'b1');
    expect(submit('c', 'c1')).toEqual({ outcome: 'refused', why: 'full' });
    await end('a1');
    expect(taken(submit('c', 'c1')).place()).toBe(1);
  });

  it('refuses a learner who has enough waiting, and nobody else', async () => {
    const { submit, end } = scene({ running: 1, waiting: 10, perLearner: 2 });
    submit('a', 'a1');
    submit('a', 'a2');
    expect(submit('a', 'a3')).toEqual({ outcome: 'refused', why: 'learner-full' });
    taken(submit('b', 'b1'));
    await end('a1');
    taken(submit('a', 'a3'));
  });

  it('takes out what is cancelled while it waits, and never starts it', async () => {
    const { started, submit, end } = scene();
    submit('a', 'a1');
    const ticket = taken(submit('b', 'b1'));
    const behind = taken(submit('c', 'c1'));
    ticket.cancel();
    expect(await ticket.done).toEqual({ outcome: 'cancelled' });
    expect(behind.place()).toBe(1);
    await end('a1');
    expect(started).toEqual(['a1', 'c1']);
  });

  it('stops what is cancelled while it runs, and starts the next', async () => {
    const { started, submit } = scene();
    const ticket = taken(submit('a', 'a1'));
    submit('b', 'b1');
    ticket.cancel();
    expect(await ticket.done).toEqual({ outcome: 'cancelled' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toEqual(['a1', 'b1']);
  });

  it('hands over what work gives and what it breaks on, and goes on', async () => {
    const queue = new FairQueue({ running: 1, waiting: 5, perLearner: 5 });
    const good = taken(queue.submit('a', async () => 7));
    const bad = taken(queue.submit('a', async () => Promise.reject(new Error('broken sandbox'))));
    const after = taken(queue.submit('a', async () => 8));
    expect(await good.done).toEqual({ outcome: 'done', value: 7 });
    await expect(bad.done).rejects.toThrow('broken sandbox');
    expect(await after.done).toEqual({ outcome: 'done', value: 8 });
    expect(queue.load).toEqual({ waiting: 0, running: 0 });
  });
});
