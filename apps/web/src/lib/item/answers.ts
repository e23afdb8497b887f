import type { Component } from 'svelte';
import type { ItemView } from '@edirae/school';
import type { Kept } from './kept.ts';

export interface AnswerProps {
  item: ItemView;
  kept: Kept;
  label: string;
  problem: string | undefined;
}

export type AnswerField = Component<AnswerProps>;

/** A page loads the fields of the one kind it shows. A cloze has its fields in the prompt. */
const fields: Record<ItemView['kind'], (() => Promise<{ default: AnswerField }>) | null> = {
  choice: () => import('./AnswerChoice.svelte'),
  multi: () => import('./AnswerChoice.svelte'),
  numeric: () => import('./AnswerNumeric.svelte'),
  order: () => import('./AnswerOrder.svelte'),
  match: () => import('./AnswerMatch.svelte'),
  short: () => import('./AnswerShort.svelte'),
  cloze: null,
};

export async function loadAnswer(item: ItemView | null | undefined): Promise<AnswerField | null> {
  const load = item ? fields[item.kind] : null;
  return load ? (await load()).default : null;
}

/** The parts of a page that shows an item, a verdict or a refusal: one of the three at a time, so only that one is loaded. */
export async function loadItemParts(shown: {
  item?: ItemView | undefined;
  answered?: unknown;
  refusal?: unknown;
}) {
  const [itemForm, answered, refused, Answer] = await Promise.all([
    shown.item ? import('./ItemForm.svelte') : null,
    shown.answered ? import('./Answered.svelte') : null,
    shown.refusal ? import('#lib/parts/Refused.svelte') : null,
    loadAnswer(shown.item),
  ]);
  return {
    ItemForm: itemForm?.default ?? null,
    Answered: answered?.default ?? null,
    Refused: refused?.default ?? null,
    Answer,
  };
}
