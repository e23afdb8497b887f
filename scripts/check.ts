/**
 * `npm run check`: types, lint, format, unused code and licences. Runs everything, then says what failed. What did not change since the last
 * run is remembered under `node_modules/.cache`, so a clean install checks everything.
 */
import { spawnSync } from 'node:child_process';

const CACHE = 'node_modules/.cache/check';

const steps: { name: string; command: string; args: string[] }[] = [
  {
    name: 'types',
    command: 'tsc',
    args: ['-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', `${CACHE}/tsc.tsbuildinfo`],
  },
  { name: 'types of the web', command: 'npm', args: ['run', '--silent', 'check', '--workspace', 'apps/web'] },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
  {
    name: 'format',
    command: 'prettier',
    args: [
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      `${CACHE}/prettier`,
      '.',
    ],
  },
  { name: 'unused code', command: 'knip', args: [] },
  { name: 'licences', command: process.execPath, args: ['scripts/check-licences.ts'] },
];

const failed: string[] = [];
for (const step of steps) {
  const started = Date.now();
  const { status } = spawnSync(step.command, step.args, { stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
  if (status !== 0) failed.push(step.name);
}
if (failed.length > 0) {
  console.log(`check failed: ${failed.join(', ')}`);
  process.exit(1);
}
