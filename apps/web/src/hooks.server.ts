import { findViewer } from '@edirae/school';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { problemResponse } from '#lib/api/problem.ts';
import { allowStyles } from '#lib/server/allow-styles.ts';
import { mayAct } from '#lib/server/same-origin.ts';
import { closeSchool, startBesides, theSchool } from '#lib/server/open-school.ts';
import { isProbe, requestIdOf, seen } from '#lib/server/seen.ts';
import { readSettings } from '#lib/server/settings.ts';

export const init: ServerInit = async () => {
  await theSchool();
  await startBesides();
  process.once('sveltekit:shutdown', () => void closeSchool());
};

/** The faces that the first screen is set in; others are fetched where a page needs them. */
const firstFonts = /(besley|atkinson-hyperlegible-next)-latin-wght-normal/;

const headers: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

export const handle: Handle = async (request) => {
  const { locals } = request.event;
  locals.requestId = requestIdOf(request.event);
  locals.school = await theSchool();
  return seen(request.event, async () => withHeaders(request.event, await answer(request)));
};

/** What every answer carries, a refusal too. */
function withHeaders({ locals, url }: RequestEvent, response: Response): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  response.headers.set('x-request-id', locals.requestId);
  if (url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

const answer: Handle = async ({ event, resolve }) => {
  const { locals, cookies, url } = event;
  locals.setCookies = [];
  locals.settings = readSettings(cookies);
  locals.viewer = isProbe(event) ? null : await findViewer(locals.school, event.request.headers);
  // A token that was made for something is for the API, where each call says what it is for.
  if (locals.viewer && locals.viewer.may !== 'all' && !url.pathname.startsWith('/api/')) locals.viewer = null;
  if (locals.viewer) locals.setCookies.push(...locals.viewer.setCookies);

  const byCookie = locals.viewer !== null && locals.viewer.by !== 'token';
  if (!mayAct(event.request, byCookie, [...locals.school.config.trustedOrigins, url.origin])) {
    return problemResponse('cross-site');
  }

  const { theme, shortcuts } = locals.settings;
  const marks = [theme === 'system' ? '' : `data-theme="${theme}"`, shortcuts ? '' : 'data-keys="off"']
    .join(' ')
    .trim();
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%settings%', marks),
    // Styles and first fonts before scripts: pages read, and forms work, without them.
    preload: ({ type, path }) => (type === 'font' ? firstFonts.test(path) : type === 'css'),
  });
  const policy = response.headers.get('content-security-policy');
  if (policy !== null) response.headers.set('content-security-policy', allowStyles(policy));
  for (const cookie of locals.setCookies) response.headers.append('set-cookie', cookie);
  return response;
};

/** What a reader may see of an error: our words and an id. The log keeps the rest. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const { requestId } = event.locals;
  if (kind !== 'unknown') return { requestId };
  const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  event.locals.school.log.error('broken', { requestId, route: event.route.id, problem });
  return { requestId, message: 'Something broke on our side' };
};
