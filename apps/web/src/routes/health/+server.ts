import { VERSION } from '@edirae/school';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** This process lives and its event loop turns; whether it can do its work is `/ready`. */
export const GET: RequestHandler = () =>
  json({ status: 'ok', version: VERSION }, { headers: { 'cache-control': 'no-store' } });
