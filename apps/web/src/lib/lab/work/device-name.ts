const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'a Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a version of the work was saved with, for its author to recognise: `Firefox on Linux (3f2a)`, the tab last. */
export function nameDevice(userAgent: string, tab: string): string {
  const first = (known: readonly [RegExp, string][], otherwise: string): string =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise;
  return `${first(BROWSERS, 'A browser')} on ${first(SYSTEMS, 'a computer')} (${tab.slice(0, 4)})`;
}

/** Where another version comes from, seen from here. */
export function tellDevice(device: string | null, here: string): string {
  if (device === null) return 'elsewhere';
  const plain = (name: string): string => name.replace(/ \(\w*\)$/, '');
  return plain(device) === plain(here) ? 'in another tab or window' : `with ${plain(device)}`;
}
