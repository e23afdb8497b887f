import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { describeSandboxes } from './sandboxes-seen.ts';

describe('the sandboxes of a process', () => {
  it('are told with their runs, and with what could not be run at all', async () => {
    const metrics = createMetrics(async () => []);
    for (const status of ['passed', 'timeout', 'fault'])
      metrics.sawSandboxRun({ sandbox: 'quickjs', status, ms: 300 });
    expect((await describeSandboxes(metrics)).find(({ name }) => name === 'quickjs')).toEqual({
      name: 'quickjs',
      chosenFor: ['TypeScript'],
      runs: 2,
      faults: 1,
    });
    const { text } = await metrics.expose();
    expect(text).toContain('edirae_sandbox_run_seconds_count{sandbox="quickjs",status="fault"} 1');
  });

  it('are chosen once for each language', async () => {
    const seen = await describeSandboxes(createMetrics(async () => []));
    expect(seen.flatMap(({ chosenFor }) => chosenFor).toSorted()).toEqual(['Python', 'TypeScript']);
  });
});
