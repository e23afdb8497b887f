import { loadItemParts } from '#lib/item/answers.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
  ...data,
  ...(await loadItemParts({ item: data.review?.item, answered: data.answered, refusal: data.refusal })),
  ReviewCard: data.flashcard ? (await import('#lib/review/ReviewCard.svelte')).default : null,
  NothingLeft: data.none ? (await import('#lib/review/NothingLeft.svelte')).default : null,
});
