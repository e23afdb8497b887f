import { randomBytes } from 'node:crypto';

/** 120 random bits in 24 characters, without signs that begin an option or end a word. */
export function newId(): string {
  return [...randomBytes(24)].map((byte) => 'abcdefghijkmnpqrstuvwxyz23456789'[byte & 31]).join('');
}
