import { decodeValue, encodeValue } from '../contract/value.ts';
import type { LabTest, Step } from '../contract/test.ts';
import { stepSchema } from '../contract/test.ts';
import type { Lab } from '../load/lab.ts';
import { methodName, targetName } from '../load/lab.ts';
import type { Program, Raised, Reply, Session, WireStep } from '../sandbox/sandbox.ts';
import { findDifference } from './compare-values.ts';
import { describeDifference, describeValue } from './describe-value.ts';

/** What the harness raises where a target is missing. */
const NOT_DEFINED = 'NotDefined';

/** A verdict on one test, or the end of the run. */
export type Verdict =
  | { kind: 'passed' }
  | { kind: 'failed'; message: string }
  | { kind: 'ended'; how: 'error' | 'timeout'; reason: string };

export interface Driver {
  lab: Lab;
  program: Program;
  session: Session;
}

/** Thrown to a lab's own `drive` when a step gave no value; it may catch `SubmissionRaised`, not the other. */
export class SubmissionRaised extends Error {
  readonly raised: Raised;
  constructor(raised: Raised) {
    super(describeRaised(raised));
    this.name = raised.names[0] ?? 'Error';
    this.raised = raised;
  }
}

class RunEnded extends Error {
  readonly reply: Extract<Reply, { kind: 'ended' }>;
  constructor(reply: Extract<Reply, { kind: 'ended' }>) {
    super(reply.reason);
    this.reply = reply;
  }
}

/** Runs one test, step by step, and judges what came back. The session must have begun afresh. */
export async function driveTest(driver: Driver, test: LabTest): Promise<Verdict> {
  if (test.drive) return driveByHand(driver, test.drive);
  const results: unknown[] = [];
  for (const [index, step] of test.steps.entries()) {
    const reply = await takeStep(driver, step);
    if (reply.kind === 'ended') return reply;
    const isLast = index === test.steps.length - 1;
    if (reply.kind === 'raised') {
      if (reply.raised.names[0] === NOT_DEFINED) return { kind: 'failed', message: reply.raised.message };
      const message = `${describeStep(step, index, test.steps.length)} raised ${describeRaised(reply.raised)}`;
      if (isLast && test.raises !== undefined) return judgeRaised(driver, test, reply.raised, message);
      return isMemory(reply.raised)
        ? { kind: 'ended', how: 'error', reason: `passed the memory limit: ${message}` }
        : { kind: 'failed', message };
    }
    results.push(decodeValue(reply.value));
  }
  return judgeResults(driver, test, results);
}

function judgeRaised(driver: Driver, test: LabTest, raised: Raised, message: string): Verdict {
  const wanted = expectedName(test, driver.program);
  if (wanted === undefined || raised.names.includes(wanted)) return { kind: 'passed' };
  return { kind: 'failed', message: `expected ${wanted} to be raised; ${message}` };
}

/** Undefined where the test names none for this language: then anything raised will do. */
function expectedName(test: LabTest, program: Program): string | undefined {
  const { raises } = test;
  return typeof raises === 'object' ? raises[program.language === 'py' ? 'py' : 'ts'] : raises;
}

function judgeResults(driver: Driver, test: LabTest, results: unknown[]): Verdict {
  const last = test.steps.length - 1;
  const step = describeStep(test.steps[last]!, last, test.steps.length);
  if (test.raises !== undefined) {
    const wanted = expectedName(test, driver.program) ?? 'an error';
    return {
      kind: 'failed',
      message: `${step}: expected ${wanted} to be raised, got ${describeValue(results[last])}`,
    };
  }
  if (test.expected) {
    const difference = findDifference(decodeValue(encodeValue(test.expected.value)), results[last], {
      tol: test.tol,
      tuples: driver.program.language === 'py',
    });
    if (difference) return { kind: 'failed', message: `${step}: ${describeDifference(difference)}` };
  }
  return test.check ? verdictOf(() => test.check!(results)) : { kind: 'passed' };
}

/** A check reads values made by the learner; where it trips over their shape, the answer is what is wrong. */
function verdictOf(check: () => string | null | undefined): Verdict {
  try {
    const message = check();
    return message === null || message === undefined ? { kind: 'passed' } : { kind: 'failed', message };
  } catch (error) {
    return { kind: 'failed', message: `the answer has not the shape that is asked for: ${textOf(error)}` };
  }
}

async function driveByHand(driver: Driver, drive: NonNullable<LabTest['drive']>): Promise<Verdict> {
  let ended: Verdict | undefined;
  try {
    const message = await drive(async (given) => {
      const step = stepSchema.parse(given);
      const reply = await takeStep(driver, step);
      if (reply.kind === 'ended') {
        ended = reply;
        throw new RunEnded(reply);
      }
      if (reply.kind === 'raised') {
        if (isMemory(reply.raised)) {
          ended = { kind: 'ended', how: 'error', reason: 'passed the memory limit' };
          throw new RunEnded({ kind: 'ended', how: 'error', reason: 'passed the memory limit' });
        }
        throw new SubmissionRaised(reply.raised);
      }
      return decodeValue(reply.value);
    });
    if (ended) return ended;
    return message === null || message === undefined ? { kind: 'passed' } : { kind: 'failed', message };
  } catch (error) {
    if (ended) return ended;
    if (error instanceof SubmissionRaised) return { kind: 'failed', message: `raised ${error.message}` };
    return { kind: 'failed', message: `the answer has not the shape that is asked for: ${textOf(error)}` };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}

/** Does one step. Files of the submission are read here, outside. */
export async function takeStep(driver: Driver, step: Step): Promise<Reply> {
  if ('file' in step)
    return {
      kind: 'value',
      value: Object.hasOwn(driver.program.files, step.file) ? driver.program.files[step.file] : null,
    };
  return driver.session.step(toWire(driver, step));
}

function toWire({ lab, program }: Driver, step: Exclude<Step, { file: string }>): WireStep {
  const language = program.language === 'py' ? 'py' : 'ts';
  const as = step.as === undefined ? {} : { as: step.as };
  if ('new' in step)
    return {
      do: 'new',
      name: targetName(lab, step.new, language),
      args: step.args.map(encodeValue),
      ...as,
    };
  if ('get' in step) return { do: 'get', on: step.on, name: methodName(lab, step.get, language), ...as };
  if ('on' in step)
    return {
      do: 'method',
      on: step.on,
      name: methodName(lab, step.call, language),
      args: step.args.map(encodeValue),
      ...as,
    };
  return {
    do: 'call',
    name: targetName(lab, step.call, language),
    args: step.args.map(encodeValue),
    ...as,
  };
}

/** Python's MemoryError and what QuickJS says; raising it by hand has the same price. */
export function isMemory(raised: Raised): boolean {
  return (
    raised.names[0] === 'MemoryError' ||
    (raised.names[0] === 'InternalError' && raised.message === 'out of memory')
  );
}

export function describeRaised(raised: Raised): string {
  const name = (raised.names[0] ?? 'Error').slice(0, 80);
  const message = raised.message === '' ? '' : `: ${raised.message.slice(0, 300)}`;
  const where = raised.where === '' ? '' : ` (${raised.where.slice(0, 120)})`;
  return `${name}${message}${where}`;
}

function describeStep(step: Step, index: number, count: number): string {
  const ordinal = count === 1 ? '' : `step ${index + 1}, `;
  if ('file' in step) return `${ordinal}file ${step.file}`;
  if ('new' in step) return `${ordinal}${step.new}(${describeArgs(step.args)})`;
  if ('get' in step) return `${ordinal}${step.on}.${step.get}`;
  const name = 'on' in step ? `${step.on}.${step.call}` : step.call;
  return `${ordinal}${name}(${describeArgs(step.args)})`;
}

function describeArgs(args: readonly unknown[]): string {
  return describeValue(decodeValue(args.map(encodeValue)), 160).slice(1, -1);
}
