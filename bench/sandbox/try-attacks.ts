import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gradeSubmission, toSubmission } from '@edirae/labs';
import type { Graded, Lab, Sandbox, Submission } from '@edirae/labs';
import { NOT_PASSED, type Attack } from './attack.ts';
import { listOwnProcesses, openStage } from './stage.ts';

export interface AttackRow {
  sandbox: string;
  attack: string;
  mustNot: string;
  status: string;
  ms: number;
  /** What happened that must not have, or `nothing`. */
  gotThrough: string;
}

interface Trial {
  lab: Lab;
  sandbox: Sandbox;
  extension: 'py' | 'js';
  honest: { pass: Submission; fail: Submission };
  attacks: readonly Attack[];
  progress: (line: string) => void;
}

/** Slack for starting and ending around the time limit of a lab, in milliseconds. */
const GRACE_MS = 4000;
/** Longest that an attack may keep the grader itself from everything else, in milliseconds. */
const BLOCKED_MS = 4000;

/** Each attack, then an honest pass and an honest fail, to see that neither is disturbed. */
export async function tryAttacks(trial: Trial): Promise<AttackRow[]> {
  const { lab, sandbox, attacks, extension } = trial;
  const stage = await openStage(join(lab.folder, 'tests'));
  const rows: AttackRow[] = [];
  await sandbox.warm();
  try {
    for (const attack of attacks) {
      const submission = toSubmission(
        lab,
        new Map([[`solution.${extension}`, stage.dress(attack.code)]]),
        `solution.${extension}`,
      );
      const delay = monitorEventLoopDelay();
      delay.enable();
      const started = performance.now();
      const graded = await gradeSubmission({ lab, sandbox, submission, seed: 7 });
      const ms = Math.round(performance.now() - started);
      delay.disable();
      const blockedMs = Math.round(delay.max / 1e6);
      const problems = [
        ...stage.inspect(graded),
        ...checkEnd(attack, graded),
        ...(blockedMs > BLOCKED_MS ? [`the grader did nothing else for ${blockedMs} ms`] : []),
        ...(ms > lab.limits.wallMs + GRACE_MS ? [`it took ${ms} ms`] : []),
        ...(await checkHonest(trial)),
        ...(await checkProcesses(sandbox)),
      ];
      const row = {
        sandbox: sandbox.name,
        attack: attack.name,
        mustNot: attack.mustNot,
        status: graded.result.status,
        ms,
        gotThrough: problems.length === 0 ? 'nothing' : problems.join('; '),
      };
      rows.push(row);
      trial.progress(
        `${row.sandbox}: ${row.attack}: ${row.status} in ${ms} ms, ${row.gotThrough} got through`,
      );
    }
  } finally {
    stage.close();
  }
  return rows;
}

function checkEnd(attack: Attack, { result }: Graded): string[] {
  const allowed = attack.ends ?? NOT_PASSED;
  return allowed.includes(result.status)
    ? []
    : [
        `it ended as ${result.status} (${result.reason ?? result.tests.map((test) => test.message).join('; ')})`,
      ];
}

async function checkHonest({ lab, sandbox, honest }: Trial): Promise<string[]> {
  const { result: pass } = await gradeSubmission({ lab, sandbox, submission: honest.pass, seed: 7 });
  const { result: fail } = await gradeSubmission({ lab, sandbox, submission: honest.fail, seed: 7 });
  const missed = fail.tests.filter((test) => !test.passed).length;
  return [
    ...(pass.status === 'passed' ? [] : [`the honest pass after it was ${pass.status}`]),
    ...(fail.status === 'failed' && missed === 1 ? [] : [`the honest fail after it was ${fail.status}`]),
  ];
}

/** What is kept ready and what is being started is ours; whatever stays beyond that was left behind. */
async function checkProcesses(sandbox: Sandbox): Promise<string[]> {
  await sandbox.warm();
  for (let tries = 0; tries < 20; tries++) {
    if (strangers(sandbox).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [`${strangers(sandbox).length} processes were left`];
}

function strangers(sandbox: Sandbox): number[] {
  const known = new Set(sandbox.processes());
  return listOwnProcesses().filter((pid) => !known.has(pid));
}
