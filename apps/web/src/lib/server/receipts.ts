import type { SkillRowView, TrackView } from '@edirae/school';
import { glyphOf, isProven, type GlyphName } from '#lib/state.ts';
import { chance, count } from '#lib/words.ts';

/** Why a skill stands where it does in the track, in words. */
export interface Receipt {
  id: string;
  title: string;
  glyph: GlyphName;
  decision: string;
  why: string;
  effect: string;
  target: boolean;
}

export function listReceipts({ skills }: TrackView, next: string | null): Receipt[] {
  return skills.map((skill) => ({
    id: skill.id,
    title: skill.title,
    glyph: glyphOf(skill),
    decision: skill.id === next ? 'Next' : decisionOf(skill),
    why: skill.why,
    effect: effectOf(skill),
    target: skill.target,
  }));
}

function decisionOf(skill: SkillRowView): string {
  if (skill.refreshDue) return 'Refresh';
  if (isProven(skill.state)) return 'Proven';
  if (skill.state === 'placed') return 'Placed';
  if (!skill.written) return 'Being written';
  return skill.open ? 'Open' : 'After its needs';
}

function effectOf(skill: SkillRowView): string {
  if (skill.p && skill.p.n > 0) return `p = ${chance(skill.p.p)} from ${count(skill.p.n, 'answer')}`;
  return skill.written ? 'No answers yet' : 'Mapped, nothing to answer yet';
}
