import type { Curriculum, Skill } from '@edirae/curriculum';
import { hasEvidence, type LearnerState } from '@edirae/engine';
import type { StoredDeck } from '../store/cards/decks.ts';

/** One card of the content. */
export interface ContentCard {
  /** `skill/card`. */
  content: string;
  skill: Skill;
  front: string;
  back: string;
}

/** How a deck of the content is called outside, until and after a learner has a row for it. */
export function contentDeckId(skill: string): string {
  return `skill:${skill}`;
}

/** The skill of a deck of the content. */
export function skillOfDeck(deckId: string): string | undefined {
  return deckId.startsWith('skill:') ? deckId.slice('skill:'.length) : undefined;
}

export function findContentCard(curriculum: Curriculum, content: string): ContentCard | undefined {
  const at = content.indexOf('/');
  const skill = curriculum.skills.get(content.slice(0, at));
  const card = skill?.cards.find(({ id }) => id === content.slice(at + 1));
  return skill && card && { content, skill, front: card.front, back: card.back };
}

export function listContentCardsOf(skill: Skill): ContentCard[] {
  return skill.cards.map(({ id, front, back }) => ({ content: `${skill.id}/${id}`, skill, front, back }));
}

/** Whether new cards of a skill are introduced: as the learner chose, else once the skill was begun. */
export function isStudied(deck: StoredDeck | undefined, state: LearnerState, skill: string): boolean {
  if (deck?.studied !== undefined && deck.studied !== null) return deck.studied;
  const record = state.skills[skill];
  return record !== undefined && (hasEvidence(record) || record.attempts > 0);
}

/** Skills whose new cards are introduced, in learning order. */
export function listStudiedSkills(
  curriculum: Curriculum,
  decks: readonly StoredDeck[],
  state: LearnerState,
): Skill[] {
  const chosen = new Map(decks.flatMap((deck) => (deck.skill === null ? [] : [[deck.skill, deck]])));
  return curriculum.graph.order.flatMap((id) => {
    const skill = curriculum.skills.get(id);
    return skill && skill.cards.length > 0 && isStudied(chosen.get(id), state, id) ? [skill] : [];
  });
}
