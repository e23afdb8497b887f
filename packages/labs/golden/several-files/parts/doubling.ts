export function double(number: number): number {
  if (typeof number !== 'number') throw new TypeError('a number, please');
  return number * 2;
}
