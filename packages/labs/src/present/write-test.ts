import type { Language } from '../contract/lab.ts';
import type { LabTest, Step } from '../contract/test.ts';
import { decodeValue, encodeValue } from '../contract/value.ts';
import { describeValue } from '../grade/describe-value.ts';
import { methodName, targetName, type Lab } from '../load/lab.ts';

/** A test as a learner reads it: what is done, line by line, and what should come of it. */
export interface WrittenTest {
  steps: string[];
  expects: string;
}

/** Longest line, in characters: what is longer is cut in the middle of its arguments. */
const LINE = 400;

/** Writes a test in the names of a language. Only for tests that may be seen. */
export function writeTest(lab: Lab, test: LabTest, language: Language): WrittenTest {
  const within = test.tol > 0 ? `, within ${test.tol}` : '';
  const raises = typeof test.raises === 'object' ? test.raises[language] : test.raises;
  return {
    steps: test.steps.map((step) => writeStep(lab, step, language)),
    expects:
      test.raises !== undefined
        ? `raises ${raises ?? 'an error'}`
        : `${describeValue(test.expected && decodeValue(encodeValue(test.expected.value)), LINE)}${within}`,
  };
}

/** One step as a line of code in either language. */
export function writeStep(lab: Lab, step: Step, language: Language): string {
  if ('file' in step) return `the file ${step.file}`;
  const kept = step.as === undefined ? '' : `${step.as} = `;
  if ('new' in step)
    return `${kept}${language === 'ts' ? 'new ' : ''}${targetName(lab, step.new, language)}(${args(step.args)})`;
  if ('get' in step) return `${kept}${step.on}.${methodName(lab, step.get, language)}`;
  if ('on' in step) return `${kept}${step.on}.${methodName(lab, step.call, language)}(${args(step.args)})`;
  return `${kept}${targetName(lab, step.call, language)}(${args(step.args)})`;
}

function args(values: readonly unknown[]): string {
  return describeValue(decodeValue(values.map(encodeValue)), LINE).slice(1, -1);
}
