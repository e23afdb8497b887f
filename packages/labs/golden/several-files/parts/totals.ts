export class Total {
  held: number[] = [];
  add(number: number): void {
    this.held.push(number);
  }
  sum(): number {
    return this.held.reduce((sum, number) => sum + number, 0);
  }
}
