import { z } from 'zod';

const reference = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be an identifier');
const args = z.array(z.unknown()).default([]);

/** One thing done to the submission. Values are JSON with tags; `{$: ref, name: a}` is what an earlier step kept `as: a`. */
export const stepSchema = z.union([
  z.strictObject({ new: reference, args, as: reference.optional() }),
  z.strictObject({ on: reference, call: reference, args, as: reference.optional() }),
  z.strictObject({ on: reference, get: reference, as: reference.optional() }),
  z.strictObject({ call: reference, args, as: reference.optional() }),
  z.strictObject({ file: z.string().min(1) }),
]);
export type Step = z.infer<typeof stepSchema>;

const raisesSchema = z.union([
  z.string().min(1),
  z.strictObject({ py: z.string().optional(), ts: z.string().optional() }),
]);

const about = {
  name: z.string().min(1).max(200),
  rubric: z.string().min(1),
  skill: z.string().min(1),
};

/** One test as `visible.yaml` and `hidden.yaml` hold it. */
export const dataTestSchema = z
  .strictObject({
    ...about,
    steps: z.array(stepSchema).min(1),
    /** What the last step gives. */
    expect: z.unknown().optional(),
    /** The class of what the last step raises, or one that it descends from. */
    raises: raisesSchema.optional(),
    /** How far each number may be from the expected one, absolutely. Without it numbers are equal or not. */
    tol: z.number().nonnegative().optional(),
  })
  .superRefine((test, context) => {
    const wants = Number(Object.hasOwn(test, 'expect')) + Number(test.raises !== undefined);
    if (wants !== 1)
      context.addIssue({ code: 'custom', message: 'needs either expect or raises', path: ['expect'] });
    checkReferences(test.steps, context);
  });

export const dataTestsSchema = z.array(dataTestSchema);

/** Drives a submission by hand: resolves to what the step gave, and rejects when it raised. */
export type Drive = (step: z.input<typeof stepSchema>) => Promise<unknown>;

type Check = (results: unknown[]) => string | null | undefined;

/**
 * A test as `hidden.ts` makes it: data as above, `check` beside or instead of `expect`, or `drive` instead of `steps`
 * where the next step depends on the last answer.
 */
export const madeTestSchema = z
  .strictObject({
    ...about,
    steps: z.array(stepSchema).min(1).optional(),
    expect: z.unknown().optional(),
    raises: raisesSchema.optional(),
    tol: z.number().nonnegative().optional(),
    check: z.custom<Check>((value) => typeof value === 'function').optional(),
    drive: z
      .custom<(step: Drive) => Promise<string | null | undefined>>((value) => typeof value === 'function')
      .optional(),
  })
  .superRefine((test, context) => {
    if ((test.steps === undefined) === (test.drive === undefined))
      context.addIssue({ code: 'custom', message: 'needs either steps or drive', path: ['steps'] });
    if (test.drive !== undefined) return;
    checkReferences(test.steps ?? [], context);
  });

function checkReferences(steps: readonly Step[], context: z.RefinementCtx): void {
  const kept = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const used = [...('on' in step ? [step.on] : []), ...('args' in step ? listRefs(step.args) : [])];
    for (const name of used)
      if (!kept.has(name))
        context.addIssue({
          code: 'custom',
          message: `uses ${name}, which no earlier step keeps`,
          path: ['steps', index],
        });
    if ('as' in step && step.as !== undefined) kept.add(step.as);
  }
}

function listRefs(value: unknown, depth = 0): string[] {
  if (value === null || typeof value !== 'object' || depth > 100) return [];
  if (Array.isArray(value)) return value.flatMap((item) => listRefs(item, depth + 1));
  const held = value as Record<string, unknown>;
  if (held.$ === 'ref') return [String(held.name)];
  return Object.values(held).flatMap((item) => listRefs(item, depth + 1));
}

/** A test ready to run: where it comes from decides who may see it. */
export interface LabTest {
  name: string;
  rubric: string;
  skill: string;
  visible: boolean;
  steps: readonly Step[];
  /** Present even when the expected value is null. */
  expected?: { value: unknown };
  raises?: string | { py?: string | undefined; ts?: string | undefined };
  tol: number;
  check?: Check;
  drive?: (step: Drive) => Promise<string | null | undefined>;
}

/** From the parsed form, of either kind, to the form that is run. */
export function toLabTest(test: z.infer<typeof madeTestSchema>, visible: boolean): LabTest {
  return {
    name: test.name,
    rubric: test.rubric,
    skill: test.skill,
    visible,
    steps: test.steps ?? [],
    tol: test.tol ?? 0,
    ...(Object.hasOwn(test, 'expect') && { expected: { value: test.expect } }),
    ...(test.raises !== undefined && { raises: test.raises }),
    ...(test.check && { check: test.check }),
    ...(test.drive && { drive: test.drive }),
  };
}
