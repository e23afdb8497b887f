import type { Cookies } from '@sveltejs/kit';

export type Theme = 'system' | 'light' | 'dark';

/** What a browser, not an account, is told to do. Kept in one readable cookie a setting. */
export interface Settings {
  theme: Theme;
  shortcuts: boolean;
}

const year = 60 * 60 * 24 * 365;

export function readSettings(cookies: Cookies): Settings {
  const theme = cookies.get('theme');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    shortcuts: cookies.get('shortcuts') !== 'off',
  };
}

export function writeSettings(cookies: Cookies, url: URL, settings: Settings): void {
  const options = {
    path: '/',
    maxAge: year,
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  } as const;
  cookies.set('theme', settings.theme, options);
  cookies.set('shortcuts', settings.shortcuts ? 'on' : 'off', options);
}
