/** How times, chances and counts are written: 22 November 2026, .74, "3 skills". */
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function longDate(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function mediumDate(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]!.slice(0, 3)} ${date.getUTCFullYear()}`;
}

export function shortDate(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]!.slice(0, 3)}`;
}

export function dateAndTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${shortDate(at)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A chance as .74; certain ends as they are. Never rounds up to a threshold it has not reached. */
export function chance(p: number): string {
  const floored = Math.floor(p * 100 + 1e-9) / 100;
  if (floored >= 1) return '1';
  return floored.toFixed(2).replace(/^0/, '');
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

export function hours(minutes: number): string {
  if (minutes < 60) return `${Math.round(minutes)} min`;
  const value = minutes / 60;
  return `${value < 10 ? Math.round(value * 2) / 2 : Math.round(value)} h`;
}

export function list(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}
