import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The page's first address. */
export const GET: RequestHandler = () => redirect(308, '/how-the-gate-works');
