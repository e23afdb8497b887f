import type { Evening } from './evening.ts';

/** One thing that a learner does of an evening, and how often among a hundred. */
export interface Act {
  act: string;
  weight: number;
  run(evening: Evening): Promise<void>;
}

/**
 * A real evening of forty-five minutes, in acts: the day's page is opened and comes back between things, a lesson is read, most answers are
 * practice, a check or two are tried, what is due is reviewed. An act is one page, or an item asked for and answered; a check is all its
 * answers. Judgement, until a real school's log can be counted.
 */
export const MIX: readonly Act[] = [
  { act: 'open today', weight: 12, run: (evening) => evening.page('/today') },
  { act: 'read a lesson', weight: 12, run: (evening) => evening.readSkill() },
  { act: 'look at the track', weight: 3, run: (evening) => evening.page('/track') },
  { act: 'look at progress', weight: 3, run: (evening) => evening.page('/progress') },
  { act: 'ask what is next', weight: 5, run: (evening) => evening.askNext() },
  { act: 'practise', weight: 45, run: (evening) => evening.practise() },
  { act: 'practise with a hint', weight: 5, run: (evening) => evening.practise({ hint: true }) },
  { act: 'take a check', weight: 5, run: (evening) => evening.takeCheck() },
  { act: 'review', weight: 10, run: (evening) => evening.review() },
];

/** One act by chance, by weight. */
export function chooseAct(random: () => number): Act {
  const sum = MIX.reduce((total, { weight }) => total + weight, 0);
  let at = random() * sum;
  for (const act of MIX) {
    at -= act.weight;
    if (at < 0) return act;
  }
  return MIX[0] as Act;
}
