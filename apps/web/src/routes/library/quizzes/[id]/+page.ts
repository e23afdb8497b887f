import { loadItemParts } from '#lib/item/answers.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
  ...data,
  ...(await loadItemParts({ item: data.item, answered: data.answered, refusal: data.refusal })),
});
