import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

describe('the log', () => {
  it('writes one JSON object a line, with time, level and event', () => {
    const lines: string[] = [];
    createLog('info', (line) => lines.push(line)).info('request', { requestId: 'r', status: 200 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\}\n$/);
    expect(JSON.parse(lines[0] as string)).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      event: 'request',
      requestId: 'r',
      status: 200,
    });
  });

  it('keeps what is below its level to itself', () => {
    const lines: string[] = [];
    const log = createLog('warn', (line) => lines.push(line));
    log.info('request');
    log.warn('slow');
    log.error('broken');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['slow', 'broken']);
  });
});
