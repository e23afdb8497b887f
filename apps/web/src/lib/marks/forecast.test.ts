import { describe, expect, it } from 'vitest';
import { drawForecast, plot } from './forecast.ts';

const now = Date.UTC(2026, 10, 22);
const day = 864e5;

describe('the forecast', () => {
  it('stands P90 to the right of P50, both inside the plot', () => {
    const drawn = drawForecast(now, now + 180 * day, now + 236 * day)!;
    expect(drawn.x50).toBeGreaterThan(plot.left);
    expect(drawn.x90).toBeGreaterThan(drawn.x50);
    expect(drawn.x90).toBeLessThan(plot.right);
  });

  it('names months and the year where it begins or turns', () => {
    const drawn = drawForecast(now, now + 180 * day, now + 236 * day)!;
    expect(drawn.months.length).toBeGreaterThan(2);
    expect(drawn.months[0]!.year).toBe('2027');
    expect(drawn.months.every(({ x }) => x >= plot.left && x <= plot.right)).toBe(true);
  });

  it('keeps far dates to a few labels', () => {
    expect(drawForecast(now, now + 900 * day, now + 1500 * day)!.months.length).toBeLessThan(12);
  });

  it('draws nothing for a plan that is over or makes no sense', () => {
    expect(drawForecast(now, now - day, now)).toBeNull();
    expect(drawForecast(now, now + 20 * day, now + 10 * day)).toBeNull();
  });
});
