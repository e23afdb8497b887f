import { getOperation } from '@edirae/school';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  const found = await getOperation(locals.school, locals.viewer);
  if (found.outcome === 'not-found') error(404, 'Not found');
  setHeaders({ 'cache-control': 'no-store' });
  return { operation: found.operation };
};
