import { z } from 'zod';

/** A day that a plan can be made for, as a date field of a form sends it: YYYY-MM-DD, from 2020 to 2199. */
export const planDay = z.iso.date().refine((date) => date >= '2020-01-01' && date < '2200-01-01');

/** What to do where a day cannot be taken. */
export const NO_SUCH_DAY =
  'That date does not exist, or is too far off to plan for. Give a day from 2020 to 2199, or leave it empty.';
