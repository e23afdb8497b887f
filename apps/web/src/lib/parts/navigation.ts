/** Places in the header, for a learner and for a visitor. */
export const learnerPlaces = [
  { href: '/today', text: 'Today' },
  { href: '/track', text: 'Track' },
  { href: '/labs', text: 'Labs' },
  { href: '/review', text: 'Review' },
  { href: '/mentor', text: 'Mentor' },
  { href: '/progress', text: 'Progress' },
];

export const visitorPlaces = [
  { href: '/careers', text: 'Careers' },
  { href: '/labs', text: 'Labs' },
  { href: '/#map', text: 'The map' },
  { href: '/how-the-gate-works', text: 'How the gate works' },
];

export function isCurrent(href: string, pathname: string): boolean {
  if (href === '/today') return pathname === '/today' || pathname.startsWith('/placement');
  if (href === '/track') return pathname.startsWith('/track') || pathname.startsWith('/skills');
  return pathname === href || pathname.startsWith(`${href}/`);
}
