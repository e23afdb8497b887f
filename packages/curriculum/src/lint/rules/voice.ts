import { listTexts } from '../family-texts.ts';
import type { LintRule, Spot } from '../rule.ts';
import { lessonFile } from '../rule.ts';

const HYPE =
  /\b(amazing|awesome|blazing(ly)?|brilliant|cutting[- ]edge|effortless(ly)?|exciting|fantastic|game[- ]chang(er|ing)|incredibl[ey]|magical(ly)?|mind[- ]blowing|revolutionary|seamless(ly)?|state[- ]of[- ]the[- ]art|supercharge[ds]?|unleash|world[- ]class|great job|well done|congratulations)\b/i;
const FILLER =
  /\b(let's dive|dive in|delve|it is important to note|as we all know|needless to say|in today's world|simply put)\b/i;

/** A senior colleague's voice: no exclamation marks, no hype, no filler. */
export const voice: LintRule = {
  name: 'voice',
  check({ written, families, warning }) {
    for (const skill of written) {
      const look = (file: string, spot: Spot | null, text: string): void => {
        const prose = proseOf(text);
        const found = HYPE.exec(prose)?.[0] ?? FILLER.exec(prose)?.[0];
        if (found !== undefined) warning(file, spot ?? found, `says “${found}”; say what it does instead`);
        const shout = /\S*\p{L}!(?=\s|$|["”)])/u.exec(prose)?.[0];
        if (shout !== undefined)
          warning(
            file,
            spot ?? shout,
            `has an exclamation mark (“${shout}”); end the sentence with a full stop`,
          );
      };
      if (skill.lesson)
        for (const paragraph of skill.lesson.markdown.split(/\n{2,}/))
          look(lessonFile(skill), null, paragraph);
      skill.cards.forEach((card, n) => look(`${skill.folder}/cards.yaml`, [n], `${card.front} ${card.back}`));
      for (const family of families(skill))
        for (const { path, text } of listTexts(family)) look(family.file, path, text);
    }
  },
};

/** Text without code, formulas and quotations of others' words. */
function proseOf(text: string): string {
  return text
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/`[^`]*`/g, ' ')
    .replace(/\$\$[\s\S]*?\$\$/g, ' ')
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .replace(/!\[/g, '[')
    .replace(/[“"][^“”"]{0,200}[”"]/g, ' ');
}
