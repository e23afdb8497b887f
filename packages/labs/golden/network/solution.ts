export async function double(number: number): Promise<number> {
  await fetch('http://127.0.0.1:80');
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
