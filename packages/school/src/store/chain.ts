import { createHash } from 'node:crypto';
import type { LedgerEvent } from '@edirae/engine';
import canonicalize from 'canonicalize';

/** An event with its links: what the ledger stores. */
export type ChainedEvent = LedgerEvent & { prev: string; hash: string };

/** A ledger row as read, before anything about it is believed. */
export interface RawEvent {
  seq: number;
  at: number;
  type: string;
  body: unknown;
  prev: string;
  hash: string;
}

/** The `prev` of a learner's first event. */
export const GENESIS = '0'.repeat(64);

/** RFC 8785 (JCS): the one text of a JSON value that every implementation agrees on. */
export function toCanonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Only a JSON value has a canonical form.');
  return text;
}

/** SHA-256 hex of the canonical form of an event and its place in its learner's chain. */
export function hashEvent(learnerId: string, event: Omit<RawEvent, 'hash'>): string {
  const { seq, at, type, body, prev } = event;
  return createHash('sha256').update(toCanonical({ learnerId, seq, at, type, body, prev })).digest('hex');
}

/**
 * The value as it will be read back: what JSON drops is dropped, and half a surrogate pair, which has no
 * canonical form, becomes U+FFFD. What is folded now is then exactly what a replay folds later.
 */
export function toStorable<T>(value: T): T {
  return wellFormed(JSON.parse(JSON.stringify(value))) as T;
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}
