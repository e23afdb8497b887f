import type { Config } from '../config.ts';

/** Holds a guest's token in the browser; httpOnly, so that no script can read it. */
const GUEST_COOKIE = 'edirae_guest';

/** The longest that browsers keep a cookie. */
const KEPT_S = 400 * 24 * 60 * 60;

/** The `set-cookie` value that keeps a guest's token. */
export function guestCookie(config: Pick<Config, 'origin'>, token: string): string {
  return `${GUEST_COOKIE}=${token}; ${attributes(config)}; Max-Age=${KEPT_S}`;
}

/** The `set-cookie` value that makes a browser forget a guest's token. */
export function forgetGuestCookie(config: Pick<Config, 'origin'>): string {
  return `${GUEST_COOKIE}=; ${attributes(config)}; Max-Age=0`;
}

/** The guest's token that a request carries. */
export function readGuestCookie(headers: Headers): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === GUEST_COOKIE && value) return value;
  }
  return undefined;
}

function attributes(config: Pick<Config, 'origin'>): string {
  return `Path=/; HttpOnly; SameSite=Lax${config.origin.startsWith('https:') ? '; Secure' : ''}`;
}
