import { rehearseCheck } from '@edirae/school';
import type { PageServerLoad } from './$types';

/** The rule on the answers in the address: `?run=yyn`. */
export const load: PageServerLoad = ({ url }) => ({
  check: rehearseCheck(url.searchParams.get('run') ?? ''),
});
