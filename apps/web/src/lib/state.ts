import type { StateName } from '@edirae/school';

/** What a glyph can show: a state, or one of the flags drawn in its place. */
export type GlyphName = StateName | 'locked' | 'due' | 'out' | 'target';

export const stateWords: Record<GlyphName, string> = {
  new: 'New',
  locked: 'Not open yet',
  practising: 'Practising',
  placed: 'Placed',
  knows: 'Knows',
  demonstrated: 'Demonstrated',
  retained: 'Retained',
  applied: 'Applied',
  due: 'Due for refresh',
  out: 'Not in this plan',
  target: 'Asked for',
};

export const stateOrder: GlyphName[] = [
  'locked',
  'new',
  'practising',
  'placed',
  'knows',
  'demonstrated',
  'retained',
  'applied',
  'due',
];

const provenStates: ReadonlySet<StateName> = new Set<StateName>([
  'knows',
  'demonstrated',
  'retained',
  'applied',
]);

/** Evidence has passed a rule. Placed is provisional and is not. */
export function isProven(state: StateName): boolean {
  return provenStates.has(state);
}

export function glyphOf(skill: { state: StateName; open: boolean; refreshDue: boolean }): GlyphName {
  if (skill.refreshDue) return 'due';
  if (skill.state === 'new' && !skill.open) return 'locked';
  return skill.state;
}
