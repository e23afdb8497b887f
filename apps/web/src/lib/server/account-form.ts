import type { AccountRefusal } from '@edirae/school';
import { z } from 'zod';

/** What the account forms post; better-auth and the school judge the rest. */
export const credentialsForm = z.object({
  email: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(1000),
});

export const claimForm = credentialsForm.extend({ name: z.string().trim().max(100).optional() });

export const emptyFields = 'Fill in the e-mail address and the password.';

/** Why an account could not be made or used, and what to do. */
export function refusalInWords(refusal: AccountRefusal | { outcome: 'already-claimed' }): string {
  switch (refusal.outcome) {
    case 'email-taken':
      return 'This address has an account. Sign in instead; what you did here comes along.';
    case 'invalid-email':
      return 'This does not read as an e-mail address. Nothing was made.';
    case 'weak-password':
      return `The password needs ${refusal.min} to ${refusal.max} characters. Nothing was made.`;
    case 'wrong-credentials':
      return 'Address and password do not match an account here. We do not say which of the two is wrong.';
    case 'rate-limited':
      return `Too many tries from here. Wait ${refusal.retryAfter} seconds; your progress is untouched.`;
    case 'already-claimed':
      return 'This progress has an account already. Sign in to it.';
  }
}
