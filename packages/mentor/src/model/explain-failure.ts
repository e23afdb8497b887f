import { AISDKError, APICallError } from 'ai';
import type { ModelFailure } from '../events.ts';
import { ProviderFault } from './bounded-fetch.ts';

/** Our words for each failure: what happened, what is safe, what to do. Never the provider's. */
export const FAILURE_WORDS: Readonly<Record<ModelFailure, string>> = {
  unreachable: 'The model could not be reached, or has trouble of its own.',
  'key-refused': 'The provider does not accept the key. Check it in the settings.',
  'rate-limited': 'The provider asks to wait before the next question.',
  'not-found': 'The provider knows no such model or address. Check the name in the settings.',
  refused: 'The provider refused the request.',
  'broken-answer': 'The model’s answer could not be read.',
  'too-large': 'The model sent far more than an answer.',
  'too-slow': 'The model did not answer in time.',
  redirected: 'The provider pointed to another address, which is never followed.',
  'blocked-address': 'The address lies in a private network and is not fetched.',
  'held-back': 'The model’s answer was held back: it held something that is not for showing.',
};

/** What kind of failure an error is. The error itself goes nowhere. */
export function toFailure(error: unknown, depth = 0): ModelFailure {
  if (error instanceof ProviderFault) return error.code;
  if (APICallError.isInstance(error)) {
    if (error.statusCode !== undefined) return byStatus(error.statusCode);
    return error.cause === undefined ? 'unreachable' : toFailure(error.cause, depth + 1);
  }
  if (isNamed(error, 'AbortError') || isNamed(error, 'TimeoutError')) return 'too-slow';
  const inner = innerOf(error);
  if (inner !== undefined && depth < 5) return toFailure(inner, depth + 1);
  if (AISDKError.isInstance(error)) return 'broken-answer';
  return error instanceof TypeError || hasCode(error) ? 'unreachable' : 'broken-answer';
}

function byStatus(status: number): ModelFailure {
  if (status === 401 || status === 403) return 'key-refused';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unreachable';
  return status >= 400 ? 'refused' : 'broken-answer';
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

function hasCode(error: unknown): boolean {
  return typeof error === 'object' && error !== null && typeof Reflect.get(error, 'code') === 'string';
}

/** Of a retry its last error, else the cause. */
function innerOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  return Reflect.get(error, 'lastError') ?? Reflect.get(error, 'cause');
}
