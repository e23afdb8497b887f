import { startGuest, type Requester, type Viewer } from '@edirae/school';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';

/** Whoever looks; a visitor without a learner is sent where one begins. */
export function requireViewer(locals: App.Locals, otherwise = '/#goal'): Viewer {
  if (!locals.viewer) redirect(303, otherwise);
  return locals.viewer;
}

/** The learner who acts; a visitor becomes a guest by acting. */
export async function ensureLearner({ locals, getClientAddress }: RequestEvent): Promise<string> {
  if (locals.viewer) return locals.viewer.learnerId;
  const guest = await startGuest(locals.school, { client: getClientAddress() });
  if (guest.outcome === 'rate-limited') tooMany(guest.retryAfter);
  locals.setCookies.push(...guest.setCookies);
  return guest.learnerId;
}

/** Whom a request comes from, as accounts want to know it. */
export function requesterOf({ request, getClientAddress }: RequestEvent): Requester {
  return { headers: request.headers, address: getClientAddress() };
}

export function tooMany(retryAfter: number): never {
  error(429, { message: 'Too many requests from here', retryAfter });
}
