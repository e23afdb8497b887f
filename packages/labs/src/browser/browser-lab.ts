import { z } from 'zod';
import { labSchema } from '../contract/lab.ts';
import { dataTestsSchema, toLabTest } from '../contract/test.ts';
import type { Lab } from '../load/lab.ts';

/** The part of a lab that may reach a browser: its manifest and the tests that its learner works against. */
const browserLabSchema = z.object({ manifest: z.unknown(), visible: z.unknown() });
export type BrowserLab = z.infer<typeof browserLabSchema>;

/** What is sent to a page. Hidden tests are not in it, whatever the lab holds. */
export function toBrowserLab(lab: Lab): BrowserLab {
  const { folder: _folder, tests, makeTests: _make, ...manifest } = lab;
  const visible = tests
    .filter((test) => test.visible)
    .map(({ name, rubric, skill, steps, expected, raises, tol }) => ({
      name,
      rubric,
      skill,
      steps,
      ...(expected && { expect: expected.value }),
      ...(raises !== undefined && { raises }),
      ...(tol > 0 && { tol }),
    }));
  return { manifest, visible };
}

/** The lab as a browser can grade with it: its visible tests only. Throws what zod throws if it is none. */
export function parseBrowserLab(data: unknown): Lab {
  const { manifest, visible } = browserLabSchema.parse(data);
  const tests = dataTestsSchema.parse(visible).map((test) => toLabTest(test, true));
  return { ...labSchema.parse(manifest), folder: '', tests };
}
