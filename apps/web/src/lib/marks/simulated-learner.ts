import type { GlyphName } from '#lib/state.ts';

/**
 * One made-up learner for the landing map, and labelled as made up: six hours a week, skills in learning order, evidence
 * when the rule allows it (a first review after two days, a second after a week, labs later). No real person's pace.
 */
export interface SimulatedSkill {
  id: string;
  minutes: number;
  /** A lab or reviewed work carries it. */
  applied: boolean;
}

/** Days on which each thing happened; -1 never. */
export type Timeline = [
  practised: number,
  demonstrated: number,
  retained: number,
  applied: number,
  due: number,
];

const minutesPerDay = (6 * 60) / 7;

/** A steady number in [0, 1) for a text: the same drawing every time. */
function steady(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return ((hash >>> 0) % 9973) / 9973;
}

/** `skills` in learning order. */
export function simulateLearner(skills: SimulatedSkill[]): {
  timelines: Record<string, Timeline>;
  days: number;
} {
  const timelines: Record<string, Timeline> = {};
  let minutes = 0;
  let days = 0;
  for (const { id, minutes: own, applied } of skills) {
    const chance = steady(id);
    const practised = Math.floor(minutes / minutesPerDay);
    minutes += own * (1.6 + chance * 0.9);
    const demonstrated = Math.ceil(minutes / minutesPerDay);
    const retained = demonstrated + 9 + Math.round(chance * 14);
    const useful = applied && chance < 0.6 ? retained + 30 + Math.round(chance * 60) : -1;
    const due = chance > 0.55 ? retained + 60 + Math.round(chance * 70) : -1;
    timelines[id] = [practised, demonstrated, retained, useful, due];
    days = Math.max(days, retained);
  }
  return { timelines, days: Math.ceil((days + 21) / 7) * 7 };
}

const refreshTakes = 12;

export function stateOn(day: number, timeline: Timeline | undefined): GlyphName {
  if (!timeline) return 'new';
  const [practised, demonstrated, retained, applied, due] = timeline;
  if (day < practised || day === 0) return 'new';
  if (day < demonstrated) return 'practising';
  if (due >= 0 && day >= due && day < due + refreshTakes) return 'due';
  if (applied >= 0 && day >= applied) return 'applied';
  return day >= retained ? 'retained' : 'demonstrated';
}
