import type { NextView } from '@edirae/school';

export interface NextAction {
  href: string;
  /** Posted rather than followed: it starts a check. */
  post: boolean;
  verb: string;
  heading: string;
}

/** Where the one next action leads and what its button says. */
export function nextAction({ action, skill, title, lab }: NextView): NextAction {
  const name = title ?? 'the next skill';
  switch (action) {
    case 'placement':
      return {
        href: '/placement',
        post: false,
        verb: 'Start the placement',
        heading: 'Find out what you can skip',
      };
    case 'practice':
      return {
        href: skill ? `/skills/${skill}` : '/track',
        post: false,
        verb: `Open ${name}`,
        heading: `${name}: learn it, then practise`,
      };
    case 'check':
      return {
        href: skill ? `/skills/${skill}` : '/track',
        post: skill !== null,
        verb: `Take the check on ${name}`,
        heading: `${name}: take the check`,
      };
    case 'review':
      return { href: '/review', post: false, verb: 'Start the review', heading: 'A review is due' };
    case 'lab':
      return {
        href: lab ? `/labs/${lab.id}` : '/labs',
        post: false,
        verb: `Open ${lab?.title ?? 'the labs'}`,
        heading: `${lab?.title ?? 'A lab'}: use what you have shown`,
      };
    case 'done':
      return {
        href: '/progress',
        post: false,
        verb: 'See your record',
        heading: 'Nothing more to do in this track now',
      };
  }
}
