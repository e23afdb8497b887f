import type { Cookies } from '@sveltejs/kit';

/** The guest's token, which pages keep in a cookie that scripts cannot read. */
export const tokenCookie = 'edirae_guest';

export function keepToken(cookies: Cookies, url: URL, token: string): void {
  cookies.set(tokenCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: 60 * 60 * 24 * 365,
  });
}

export function dropToken(cookies: Cookies, url: URL): void {
  cookies.delete(tokenCookie, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' });
}
