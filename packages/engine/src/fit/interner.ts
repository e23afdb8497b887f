/** Gives each text a small integer, from 0 up, in order of first appearance. */
export class Interner {
  private readonly ids = new Map<string, number>();

  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) this.ids.set(name, (id = this.ids.size));
    return id;
  }

  get size(): number {
    return this.ids.size;
  }
}
