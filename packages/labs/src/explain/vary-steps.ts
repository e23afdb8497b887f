import type { Step } from '../contract/test.ts';

/** The steps with one or two of their numbers changed, so that what comes of them is not what a test says. Null: there is none to change. */
export function varySteps(steps: readonly Step[], random: () => number): Step[] | null {
  const varied = structuredClone(steps) as Step[];
  const places = varied.flatMap((step) => ('args' in step ? numbersIn(step.args) : []));
  if (places.length === 0) return null;
  const count = 1 + Math.floor(random() * Math.min(2, places.length));
  for (let n = 0; n < count; n++) {
    const [place] = places.splice(Math.floor(random() * places.length), 1);
    if (place) place.set(vary(place.value, random));
  }
  return varied;
}

interface Place {
  value: number;
  set(value: number): void;
}

function numbersIn(value: unknown): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const held = value as Record<string, unknown>;
  // A tagged value is no place to change something: its text must go on fitting its tag.
  if ('$' in held) return [];
  return Object.entries(held).flatMap(([key, item]): Place[] =>
    typeof item === 'number'
      ? [{ value: item, set: (changed) => void (held[key] = changed) }]
      : numbersIn(item),
  );
}

/** Near by and of the same sort: a whole number stays whole, a positive one positive. */
function vary(value: number, random: () => number): number {
  if (!Number.isInteger(value)) return Math.round(value * (0.6 + 0.8 * random()) * 100) / 100;
  const by = 1 + Math.floor(random() * Math.max(2, Math.min(9, Math.abs(value) / 4)));
  return random() < 0.5 && value - by > 0 ? value - by : value + by;
}
