import { loadItemParts } from '#lib/item/answers.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
  ...data,
  ...(await loadItemParts({ item: data.preview.item })),
});
