/**
 * Equal JSON, where numbers may differ in their last digits: the estimator's logarithms are not promised to be
 * the same to the last bit in every version of Node.
 */
export function sameJson(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number')
    return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(valueAt(left, key), valueAt(right, key)))
  );
}

function valueAt(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}
