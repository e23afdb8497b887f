import { describe, expect, it } from 'vitest';
import { rehearseCheck } from './rehearse-check.ts';

describe('a check that nobody takes', () => {
  it('begins with nothing answered', () => {
    expect(rehearseCheck('')).toMatchObject({ run: '', status: 'open', next: { family: 'A' } });
  });

  it('passes by the real rule, and hears nothing after the end', () => {
    const check = rehearseCheck('yyyyyyyyyy');
    expect(check.status).toBe('passed');
    expect(check.progress.streak).toBeGreaterThanOrEqual(3);
    expect(check.p).toBeGreaterThanOrEqual(0.8);
    expect(check.run.length).toBe(check.answers.length);
    expect(check.next).toBeNull();
    expect(rehearseCheck('nn').reason).toBe('second-miss');
    expect(rehearseCheck('yynyynyy').run).toBe('yynyyn');
  });

  it('leaves out what is no answer', () => {
    expect(rehearseCheck('y<script>n').run).toBe('yn');
  });
});
