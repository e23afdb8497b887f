/** Geometry of the evidence dial: a 270° scale for p, and one arc inside for each answer in a row. */
export const centre = 110;
const sweep = 270;

export interface Point {
  x: number;
  y: number;
}

/** Degrees clockwise from the top at which `p` stands on the scale. */
export function angleOf(p: number): number {
  return -sweep / 2 + sweep * Math.min(1, Math.max(0, p));
}

export function polar(radius: number, degrees: number): Point {
  const radians = (degrees * Math.PI) / 180;
  return { x: centre + radius * Math.sin(radians), y: centre - radius * Math.cos(radians) };
}

function at({ x, y }: Point): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

/** A stroke along the circle, clockwise. */
export function arc(radius: number, from: number, to: number): string {
  const large = to - from > 180 ? 1 : 0;
  return `M${at(polar(radius, from))}A${radius} ${radius} 0 ${large} 1 ${at(polar(radius, to))}`;
}

/** A closed band between two radii. */
export function band(inner: number, outer: number, from: number, to: number): string {
  const large = to - from > 180 ? 1 : 0;
  return (
    `M${at(polar(outer, from))}A${outer} ${outer} 0 ${large} 1 ${at(polar(outer, to))}` +
    `L${at(polar(inner, to))}A${inner} ${inner} 0 ${large} 0 ${at(polar(inner, from))}Z`
  );
}

/** A tick every .02, longer at tenths, longest at fifths: the fine ones and the strong ones, each as one path. */
export function ticks(strong: boolean): string {
  let path = '';
  for (let i = 0; i <= 50; i += 1) {
    if ((i % 10 === 0) !== strong) continue;
    const angle = angleOf(i / 50);
    const length = strong ? 10 : i % 5 === 0 ? 7 : 4.5;
    path += `M${at(polar(92, angle))}L${at(polar(92 - length, angle))}`;
  }
  return path;
}

/** A triangle whose tip touches the scale at `p`. */
export function pointer(p: number): string {
  const angle = angleOf(p);
  return `M${at(polar(93, angle))}L${at(polar(105, angle - 4.86))}L${at(polar(105, angle + 4.86))}Z`;
}

/** The inner ring split into `n` arcs with ten degrees between them. */
export function ring(n: number): { from: number; to: number }[] {
  const gap = n > 4 ? 7 : 10;
  return Array.from({ length: n }, (_, i) => ({
    from: (360 / n) * i + gap / 2,
    to: (360 / n) * (i + 1) - gap / 2,
  }));
}
