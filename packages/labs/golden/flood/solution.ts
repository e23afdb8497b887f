export function double(number: number): number {
  if (typeof number !== 'number') throw new TypeError('a number, please');
  for (let at = 0; at < 1000; at++) console.log('x'.repeat(1000));
  return number * 2;
}

export class Total {
  held: number[] = [];
  add(number: number): void {
    this.held.push(number);
  }
  sum(): number {
    return this.held.reduce((sum, number) => sum + number, 0);
  }
}
