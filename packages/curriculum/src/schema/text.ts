import { z } from 'zod';

/** Readable, permanent, equal to the folder's or file's name. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters, digits and single hyphens');

/** The sentence for a value that is missing or of another type. */
function wanted(what: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? 'is missing' : `must be ${what}`) };
}

/** Any text that is shown. YAML reads a bare 16 as a number, so numbers are taken as the text they are. */
export const textSchema = z
  .union([z.string(), z.number()], wanted('text (put it in quotes if it is true, false or null)'))
  .transform((value) => String(value).trim())
  .refine((value) => value.length > 0, 'must not be empty');

/** A formula in the expression language; a bare number is one too. */
export const formulaSchema = z
  .union([z.string(), z.number()], wanted('a formula'))
  .transform((value) => String(value).trim())
  .refine((value) => value.length > 0, 'must not be empty');

/** Name of a parameter, a derived value or a given: an identifier of the expression language. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, 'must be a letter followed by at most 31 letters, digits or _');

/** An address on the web. */
export const urlSchema = z.url({ protocol: /^https?$/, error: 'must be a full https:// address' });

/** A year, a month or a day: `2023`, `2023-05` or `2023-05-22`. A bare 2023 is a number to YAML. */
export const dateSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value), 'must be a date: 2023, 2023-05 or 2023-05-22');

/** Fails where two entries are equal. */
export function unique<T>(values: readonly T[]): boolean {
  return new Set(values).size === values.length;
}
