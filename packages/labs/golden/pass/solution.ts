export function double(number: number): number {
  if (typeof number !== 'number') throw new TypeError('a number, please');
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
