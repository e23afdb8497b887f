/** Places in the header, for a learner and for a visitor. */
export const learnerPlaces = [
  { href: '/today', text: 'Today' },
  { href: '/library', text: 'Library' },
  { href: '/labs', text: 'Labs' },
  { href: '/mentor', text: 'Mentor' },
  { href: '/progress', text: 'Progress' },
];

/** Parts of those that have an address of their own, in the menus. */
export const learnerParts = [
  { href: '/track', text: 'Your track' },
  { href: '/review', text: 'Review' },
  { href: '/library/notes', text: 'Notes' },
];

export const visitorPlaces = [
  { href: '/careers', text: 'Careers' },
  { href: '/#map', text: 'The map' },
  { href: '/library', text: 'Library' },
  { href: '/labs', text: 'Labs' },
  { href: '/how-the-gate-works', text: 'How the gate works' },
];

export function isCurrent(href: string, pathname: string): boolean {
  if (href === '/today')
    return ['/today', '/placement', '/track', '/skills'].some((start) => pathname.startsWith(start));
  if (href === '/library' && pathname === '/review') return true;
  return pathname === href || pathname.startsWith(`${href}/`);
}
