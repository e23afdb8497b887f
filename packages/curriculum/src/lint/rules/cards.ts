import { normaliseText } from '../../items/normalise-text.ts';
import type { LintRule } from '../rule.ts';

const FEWEST = 5;
const MOST = 10;
const LONGEST_BACK = 40;

/** A written skill has five to ten cards, each with an answer of a few words, none merely repeating a title. */
export const cards: LintRule = {
  name: 'cards',
  check({ written, error, warning }) {
    for (const skill of written) {
      const file = `${skill.folder}/cards.yaml`;
      if (skill.cards.length < FEWEST || skill.cards.length > MOST) {
        error(file, [], `holds ${skill.cards.length} cards; write ${FEWEST} to ${MOST}`);
      }
      const fronts = new Set<string>();
      for (const [n, { front, back }] of skill.cards.entries()) {
        const asked = normaliseText(front);
        if (fronts.has(asked)) error(file, [n, 'front'], 'asks the same as an earlier card');
        fronts.add(asked);
        const parrots = [skill.title, `what is ${skill.title}`, `define ${skill.title}`].map(normaliseText);
        if (parrots.includes(asked))
          error(file, [n, 'front'], 'repeats the title; ask for one fact or relation');
        if (normaliseText(back) === asked) error(file, [n, 'back'], 'repeats the front');
        if (back.split(/\s+/).length > LONGEST_BACK)
          warning(file, [n, 'back'], `has more than ${LONGEST_BACK} words; a card is answered in a few`);
      }
    }
  },
};
