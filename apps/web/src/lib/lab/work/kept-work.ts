/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** What a browser keeps of work that the server has not got yet. */
export interface KeptWork {
  files: Files;
  /** The version it was written on top of; 0 where nothing had been saved. */
  base: number;
  /** When it was last written, in milliseconds. */
  at: number;
}

function parseKept(text: string | null): KeptWork | undefined {
  if (text === null) return undefined;
  try {
    const { files, base, at } = (JSON.parse(text) ?? {}) as Partial<Record<keyof KeptWork, unknown>>;
    if (typeof base !== 'number' || typeof at !== 'number' || typeof files !== 'object' || files === null)
      return undefined;
    if (!Object.values(files).every((held) => typeof held === 'string')) return undefined;
    return { files: files as Files, base, at };
  } catch {
    return undefined;
  }
}

/** Where a tab keeps unsaved work. It outlives the tab: what a crash left behind is found by the next one. */
export class WorkKeeper {
  readonly #storage: Storage;
  readonly #prefix: string;
  readonly #tab: string;

  /**
   * @param place whose work on what: the learner, the lab, the language
   * @param tab this tab, as no other tab calls itself
   */
  constructor(storage: Storage, place: string, tab: string) {
    this.#storage = storage;
    this.#prefix = `lab-work/${place}/`;
    this.#tab = tab;
  }

  /** False where the browser keeps nothing: its storage is full or refused. */
  keep(work: KeptWork): boolean {
    try {
      this.#storage.setItem(this.#prefix + this.#tab, JSON.stringify(work));
      return true;
    } catch {
      return false;
    }
  }

  drop(): void {
    this.#storage.removeItem(this.#prefix + this.#tab);
  }

  /** What this tab left before it was loaded again, or else what a tab left that is gone; the latest. */
  find(isOpen: (tab: string) => boolean): KeptWork | undefined {
    const own = parseKept(this.#storage.getItem(this.#prefix + this.#tab));
    if (own) return own;
    const left = this.#tabs()
      .filter((tab) => !isOpen(tab))
      .flatMap((tab) => {
        const work = parseKept(this.#storage.getItem(this.#prefix + tab));
        return work ? [{ tab, work }] : [];
      })
      .sort((a, b) => b.work.at - a.work.at)[0];
    if (!left) return undefined;
    this.#storage.removeItem(this.#prefix + left.tab);
    this.keep(left.work);
    return left.work;
  }

  #tabs(): string[] {
    return Array.from({ length: this.#storage.length }, (_, at) => this.#storage.key(at) ?? '')
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => key.slice(this.#prefix.length));
  }
}
