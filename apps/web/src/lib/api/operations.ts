import type { Operation } from './operation.ts';
import { explainBackOperations } from './operations/explain-backs.ts';
import { cardOperations } from './operations/cards.ts';
import { itemOperations } from './operations/items.ts';
import { labOperations } from './operations/labs.ts';
import { learnerOperations } from './operations/learner.ts';
import { mentorOperations } from './operations/mentor.ts';
import { trackOperations } from './operations/track.ts';

/** Every operation of the API, in the order in which it is documented. */
export const OPERATIONS: readonly Operation[] = [
  ...learnerOperations,
  ...trackOperations,
  ...itemOperations,
  ...labOperations,
  ...explainBackOperations,
  ...cardOperations,
  ...mentorOperations,
];

export type Match =
  | { outcome: 'operation'; operation: Operation; params: Record<string, string> }
  | { outcome: 'method-not-allowed' }
  | { outcome: 'not-found' };

/** @param path below `/api/v1`, without its leading slash */
export function matchOperation(
  method: string,
  path: string,
  operations: readonly Operation[] = OPERATIONS,
): Match {
  const given = path.split('/');
  let seen = false;
  for (const operation of operations) {
    const asked = operation.path.slice(1).split('/');
    if (asked.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = asked.every((part, i) => {
      const value = given[i] ?? '';
      if (!part.startsWith('{')) return part === value;
      params[part.slice(1, -1)] = value;
      return value !== '';
    });
    if (!fits) continue;
    seen = true;
    if (operation.method === method.toLowerCase()) return { outcome: 'operation', operation, params };
  }
  return { outcome: seen ? 'method-not-allowed' : 'not-found' };
}
