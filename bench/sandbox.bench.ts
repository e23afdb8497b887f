/**
 * Where learner code runs, measured and attacked: `npm run bench -- sandbox [--only NAME] [--part speed|attacks]`. For each
 * sandbox of this machine how long starting takes, how many submissions a second it grades, how much memory it holds,
 * and a table of hostile submissions with what got through; anything but `nothing` there ends the benchmark with an error.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findSandboxes, loadLab, readSubmission, toSubmission } from '@edirae/labs';
import type { Lab, Sandbox, Submission } from '@edirae/labs';
import type { Bench } from './main.ts';
import { JAVASCRIPT_ATTACKS } from './sandbox/javascript-attacks.ts';
import { measureSpeed } from './sandbox/measure-speed.ts';
import { PYTHON_ATTACKS } from './sandbox/python-attacks.ts';
import { tryAttacks } from './sandbox/try-attacks.ts';

const LAB = join(import.meta.dirname, 'sandbox/lab');

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, part: { type: 'string' } },
  });
  const lab = await loadLab(LAB);
  const sandboxes = (await findSandboxes(1)).filter(
    (sandbox) => values.only === undefined || sandbox.name === values.only,
  );
  if (sandboxes.length === 0) throw new Error(`This machine has no sandbox ${values.only ?? ''}.`);
  const rows: Record<string, unknown>[] = [];
  for (const sandbox of sandboxes) {
    const honest = honestIn(lab, sandbox);
    try {
      if (values.part !== 'attacks')
        rows.push(await measureSpeed({ lab, sandbox, submission: honest.pass, progress }));
      if (values.part !== 'speed') {
        const python = sandbox.languages.includes('py');
        const attacked = await tryAttacks({
          lab,
          sandbox,
          honest,
          extension: python ? 'py' : 'js',
          attacks: python ? PYTHON_ATTACKS : JAVASCRIPT_ATTACKS,
          progress,
        });
        rows.push(...attacked.map((row) => ({ part: 'attack', ...row })));
      }
    } finally {
      await sandbox.close();
    }
  }
  const through = rows.filter((row) => row.part === 'attack' && row.gotThrough !== 'nothing');
  for (const row of through)
    progress(`GOT THROUGH ${String(row.sandbox)}: ${String(row.attack)}: ${String(row.gotThrough)}`);
  return rows;
};

/** An answer that is right, and one that is wrong in exactly one test. */
function honestIn(lab: Lab, sandbox: Sandbox): { pass: Submission; fail: Submission } {
  const language = sandbox.languages.includes('py') ? 'py' : 'ts';
  const entry = `solution.${language}`;
  const pass = readSubmission(lab, join(LAB, 'honest', entry));
  if (pass.kind === 'rejected') throw new Error(pass.reason);
  const wrong = pass.program.files[entry]!.replace('km + distance', 'km - distance');
  return { pass, fail: toSubmission(lab, new Map([[entry, wrong]]), entry) };
}
