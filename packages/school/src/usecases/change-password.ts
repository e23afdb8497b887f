import { replacePassword } from '../auth/accounts.ts';
import type { School } from '../school.ts';

export type ChangePassword = Awaited<ReturnType<typeof replacePassword>>;

/** Replaces the password of the signed-in account; every other session of it ends. */
export async function changePassword(
  school: School,
  passwords: { current: string; next: string },
  headers: Headers,
): Promise<ChangePassword> {
  return replacePassword(school, headers, passwords);
}
