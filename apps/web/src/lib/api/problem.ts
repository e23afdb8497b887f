/** RFC 9457 problems: what happened, what is safe, what to do next. */

const TITLES: Record<string, { status: number; title: string; detail: string }> = {
  'not-found': {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing of yours at this address. Check the id.',
  },
  unauthorised: {
    status: 401,
    title: 'Sign in first',
    detail: 'Send Authorization: Bearer <token>. POST /api/v1/guests gives one, without an account.',
  },
  'cross-site': {
    status: 403,
    title: 'Sent from another site',
    detail:
      'A page of another site may not act for you here. Nothing was recorded. Programs send Authorization: Bearer <token>.',
  },
  locked: {
    status: 409,
    title: 'Not open yet',
    detail: 'Demonstrate what it requires first, or challenge it with a check. Nothing was recorded.',
  },
  'check-open': {
    status: 409,
    title: 'A check is open',
    detail: 'Finish or leave the open check first. Nothing was recorded.',
  },
  'practice-first': {
    status: 409,
    title: 'Practice first',
    detail: 'The next check opens after fresh, unaided, first-try practice answers. Nothing was recorded.',
  },
  stopped: {
    status: 409,
    title: 'A pause on this skill',
    detail: 'Three checks in a row ended not yet. Strengthen what it rests on; the check opens again later.',
  },
  'not-written': {
    status: 409,
    title: 'Being written',
    detail: 'This skill is on the map; its lesson and items are being written.',
  },
  'no-variant': {
    status: 409,
    title: 'No fresh variant is left',
    detail: 'Every variant was shown to you within 90 days. Nothing is repeated to fill up.',
  },
  'no-goal': { status: 409, title: 'No goal yet', detail: 'POST /api/v1/goals first.' },
  'none-due': { status: 409, title: 'Nothing is due', detail: 'No skill asks for a review now.' },
  'no-more-hints': { status: 409, title: 'No further hint', detail: 'All hints of this item were shown.' },
  'unaided-only': {
    status: 409,
    title: 'No hints here',
    detail: 'Placement and review are answered unaided. Nothing was recorded.',
  },
  'issue-void': {
    status: 409,
    title: 'This issue is void',
    detail: 'It was replaced or its check has closed. Nothing was recorded.',
  },
  'invalid-answer': {
    status: 422,
    title: 'The answer cannot be read',
    detail: 'Nothing was recorded. Send it again in the form the item asks for.',
  },
  'invalid-input': {
    status: 422,
    title: 'The request does not fit',
    detail: 'Nothing was recorded. See issues.',
  },
  'not-json': {
    status: 400,
    title: 'Not JSON',
    detail: 'Send a JSON object with Content-Type: application/json. Nothing was recorded.',
  },
  'too-large': {
    status: 413,
    title: 'Too large',
    detail: 'At most 64 KB a request, and 256 KB of files for a lab. Nothing was recorded.',
  },
  'draft-conflict': {
    status: 409,
    title: 'Another device saved meanwhile',
    detail:
      'Neither version is lost: see current and yours. Send again with the current version as base, or without base.',
  },
  'invalid-files': {
    status: 422,
    title: 'These files cannot be taken',
    detail: 'At most 64 files and 256 KB together, with plain names. Nothing was kept.',
  },
  'queue-full': {
    status: 429,
    title: 'Too much is waiting',
    detail: 'Wait for what you handed in, or for the seconds in Retry-After. Nothing was recorded.',
  },
  'not-passed': {
    status: 409,
    title: 'Not passed yet',
    detail: 'The reference solution is shown after a pass. Nothing was recorded.',
  },
  'not-explainable': {
    status: 409,
    title: 'No questions can be asked now',
    detail:
      'They are asked about a pass without mentor and solution, and not again within twelve hours. See why.',
  },
  'not-open': {
    status: 409,
    title: 'Not open',
    detail: 'These questions are not open for answers. Nothing was recorded.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not what this token is for',
    detail: 'Make a token in the settings that may do this. Nothing was recorded.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait for the seconds in Retry-After, then go on. Nothing was lost.',
  },
  'method-not-allowed': { status: 405, title: 'Method not allowed', detail: 'See /api/v1/openapi.json.' },
  'not-available': { status: 501, title: 'Not available yet', detail: 'This part is being built.' },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    detail: 'What you had recorded is safe. Try again; if it happens again, report the request id.',
  },
};

export const PROBLEM_SLUGS = Object.keys(TITLES);

/** @param members what else the problem says, e.g. `missing`, `remaining` or its own `detail` */
export function problemResponse(slug: string, members: Record<string, unknown> = {}): Response {
  const known = TITLES[slug] ?? TITLES['internal']!;
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (typeof members['retryAfter'] === 'number')
    headers['retry-after'] = String(Math.ceil(members['retryAfter']));
  return new Response(
    JSON.stringify({
      type: `/problems/${slug}`,
      title: known.title,
      status: known.status,
      detail: known.detail,
      ...members,
    }),
    { status: known.status, headers },
  );
}
