import { startGuest, type Requester, type Viewer } from '@edirae/school';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { clientAddress } from './client-address.ts';

/** Whoever looks; a visitor without a learner is sent where one begins. */
export function requireViewer(locals: App.Locals, otherwise = '/#goal'): Viewer {
  if (!locals.viewer) redirect(303, otherwise);
  return locals.viewer;
}

/** The learner who acts; a visitor becomes a guest by acting. */
export async function ensureLearner(event: RequestEvent): Promise<string> {
  const { locals } = event;
  if (locals.viewer) return locals.viewer.learnerId;
  const guest = await startGuest(locals.school, { client: clientAddress(event) });
  if (guest.outcome === 'rate-limited') tooMany(guest.retryAfter);
  locals.setCookies.push(...guest.setCookies);
  return guest.learnerId;
}

/** Whom a request comes from, as accounts want to know it. */
export function requesterOf(event: RequestEvent): Requester {
  return { headers: event.request.headers, address: clientAddress(event) };
}

export function tooMany(retryAfter: number): never {
  error(429, { message: 'Too many requests from here', retryAfter });
}
