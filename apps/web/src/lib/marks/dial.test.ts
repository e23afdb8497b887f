import { describe, expect, it } from 'vitest';
import { angleOf, arc, polar, pointer, ring, ticks } from './dial.ts';

describe('the evidence dial', () => {
  it('starts and ends 135 degrees from the top', () => {
    expect(angleOf(0)).toBe(-135);
    expect(angleOf(0.5)).toBe(0);
    expect(angleOf(1)).toBe(135);
  });

  it('keeps a p outside 0..1 on the scale', () => {
    expect(angleOf(-1)).toBe(-135);
    expect(angleOf(7)).toBe(135);
  });

  it('puts the top of the scale straight above the centre', () => {
    expect(polar(92, 0)).toEqual({ x: 110, y: 18 });
  });

  it('draws 51 ticks, every tenth of them strong', () => {
    expect(ticks(true).match(/M/g)).toHaveLength(6);
    expect(ticks(false).match(/M/g)).toHaveLength(45);
  });

  it('takes the long way round for more than half a turn', () => {
    expect(arc(92, -135, 135)).toBe('M44.95 175.05A92 92 0 1 1 175.05 175.05');
    expect(arc(96, angleOf(0.8), 135)).toContain(' 0 0 1 ');
  });

  it('points at p with its tip one unit outside the scale', () => {
    const [x, y] = /^M(\S+) ([^L]+)L/.exec(pointer(0.74))!.slice(1).map(Number);
    expect(Math.hypot(x! - 110, y! - 110)).toBeCloseTo(93, 1);
  });

  it('splits the ring evenly with a gap between', () => {
    const parts = ring(3);
    expect(parts).toHaveLength(3);
    expect(parts[0]).toEqual({ from: 5, to: 115 });
    expect(parts[1]!.from - parts[0]!.to).toBe(10);
  });
});
