import type { GoalView, SkillRowView } from '@edirae/school';
import { glyphOf, isProven, type GlyphName } from '#lib/state.ts';
import { chance, count } from '#lib/words.ts';

/** Why a skill stands where it does in the track, in words. */
export interface Receipt {
  id: string;
  title: string;
  glyph: GlyphName;
  decision: string;
  why: string;
  /** From the skill up to what is asked for, where there is more than one step. */
  chain: string;
  effect: string;
  target: boolean;
  proven: boolean;
}

export function listReceipts({ track, chains }: GoalView, next: string | null): Receipt[] {
  return track.skills.map((skill) => {
    const chain = chains[skill.id] ?? [];
    return {
      id: skill.id,
      title: skill.title,
      glyph: glyphOf(skill),
      decision: skill.id === next ? 'Next' : decisionOf(skill),
      why: skill.why,
      chain: chain.length > 2 ? chain.map(({ title }) => title).join(' → ') : '',
      effect: effectOf(skill),
      target: skill.target,
      proven: isProven(skill.state),
    };
  });
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
