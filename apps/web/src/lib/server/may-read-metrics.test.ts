import { describe, expect, it } from 'vitest';
import { mayReadMetrics } from './may-read-metrics.ts';

const ask = (headers: Record<string, string> = {}) => new Request('http://localhost/metrics', { headers });

describe('the metrics', () => {
  it('are read by programs on this machine', () => {
    for (const client of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
      expect(mayReadMetrics(ask(), client, null)).toBe(true);
  });

  it('are not read from elsewhere, nor through a proxy on this machine', () => {
    for (const client of ['10.0.0.4', '203.0.113.9', null])
      expect(mayReadMetrics(ask(), client, null)).toBe(false);
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
      expect(mayReadMetrics(ask({ [header]: '1.2.3.4' }), '127.0.0.1', null)).toBe(false);
  });

  it('are read with the configured token and, once there is one, only with it', () => {
    const token = 'a-token-of-enough-letters';
    expect(mayReadMetrics(ask({ authorization: `Bearer ${token}` }), '203.0.113.9', token)).toBe(true);
    expect(mayReadMetrics(ask({ authorization: 'Bearer another' }), '127.0.0.1', token)).toBe(false);
    expect(mayReadMetrics(ask(), '127.0.0.1', token)).toBe(false);
  });
});
