/** Gives each text a small integer, from 0 up, in order of first appearance. */
export class Interner {
  /** The texts, each at its integer. */
  readonly names: string[] = [];
  private readonly ids = new Map<string, number>();

  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      this.ids.set(name, (id = this.names.length));
      this.names.push(name);
    }
    return id;
  }

  get size(): number {
    return this.names.length;
  }
}
