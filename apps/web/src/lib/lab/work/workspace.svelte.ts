import { Autosave, type Saved } from '#lib/autosave.svelte.ts';
import { findNameProblem, findSizeProblem } from './file-names.ts';
import type { Files, WorkKeeper } from './kept-work.ts';

/** A learner's work as the server has it. */
export interface SavedWork {
  version: number;
  /** Milliseconds. */
  savedAt: number;
  /** What it was saved with, as the browser names itself; null where it was not said. */
  device: string | null;
  files: Files;
}

/** What the server answers to a save. */
export type SaveAnswer =
  | { outcome: 'saved'; version: number; savedAt: number }
  /** Another device saved since. What was sent is kept beside it, as version `mine`. */
  | { outcome: 'conflict'; theirs: SavedWork; mine: number }
  | { outcome: 'refused'; problem: string }
  | { outcome: 'unreached' };

export interface WorkspaceParts {
  entry: string;
  starter: Files;
  /** The latest version; null where nothing was saved yet. */
  draft: SavedWork | null;
  /** @param base the version that the work was written on top of; 0 for none */
  send: (work: { files: Files; base: number }) => Promise<SaveAnswer>;
  /** Makes a version the current one, after its author saw both; undefined where the server was not reached. */
  choose: (version: number) => Promise<SavedWork | undefined>;
  now: () => number;
}

/**
 * The files of a lab as they stand on the page. Each change is kept in this browser at once and on the server a moment
 * later; where another device saved in between, both versions stay until their author has chosen.
 */
export class Workspace {
  files = $state<Record<string, string>>({});
  current = $state('');
  version = $state(0);
  savedAt = $state<number | null>(null);
  /** What another device saved meanwhile; null where nobody did. */
  theirs = $state.raw<SavedWork | null>(null);
  /** Why the server did not take it; null where it did. */
  refused = $state<string | null>(null);
  /** The browser keeps nothing: work is safe only once it is on the server. */
  unkept = $state(false);
  readonly autosave: Autosave;
  readonly entry: string;
  readonly starter: Files;
  readonly #parts: WorkspaceParts;
  #keeper: WorkKeeper | undefined;
  /** The version that holds what was sent last, while another stands beside it. */
  #mine = 0;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    this.entry = parts.entry;
    this.starter = parts.starter;
    this.files = { ...(parts.draft?.files ?? parts.starter) };
    this.version = parts.draft?.version ?? 0;
    this.savedAt = parts.draft?.savedAt ?? null;
    this.current = parts.entry;
    this.autosave = new Autosave(() => this.#send());
  }

  /** Entry first, then by name. */
  get paths(): string[] {
    const others = Object.keys(this.files)
      .filter((path) => path !== this.entry)
      .sort();
    return this.entry in this.files ? [this.entry, ...others] : others;
  }

  /** A plain copy, to send and to compare. */
  snapshot(): Record<string, string> {
    return { ...$state.snapshot(this.files) };
  }

  /** Scripts run: finds what this browser kept and the server has not got. */
  open(keeper: WorkKeeper, isOpen: (tab: string) => boolean): void {
    this.#keeper = keeper;
    const kept = keeper.find(isOpen);
    if (!kept) return;
    if (areSame(kept.files, this.files)) return keeper.drop();
    this.files = { ...kept.files };
    // As it was written: where something was saved since, the server says so and keeps both.
    this.version = kept.base;
    this.#showSomething();
    this.#touch();
  }

  edit(path: string, text: string): void {
    if (this.files[path] === text) return;
    this.files[path] = text;
    this.#touch();
  }

  /** Why it could not be made, for people. */
  add(path: string, text = ''): string | undefined {
    const problem = findNameProblem(path, Object.keys(this.files));
    if (problem !== undefined) return problem;
    this.files[path] = text;
    this.current = path;
    this.#touch();
    return undefined;
  }

  remove(path: string): void {
    if (path === this.entry || this.files[path] === undefined) return;
    delete this.files[path];
    this.#showSomething();
    this.#touch();
  }

  /** Puts other files in place of all that are here; the version before stays in the history. */
  replace(files: Files): void {
    this.files = { ...files };
    this.#showSomething();
    this.#touch();
  }

  /** Goes on with what is here. False where the server was not reached: then nothing is decided yet. */
  async keepMine(): Promise<boolean> {
    const { theirs } = this;
    if (!theirs) return true;
    const chosen = await this.#parts.choose(this.#mine);
    if (!chosen) return false;
    this.version = chosen.version;
    this.savedAt = chosen.savedAt;
    this.theirs = null;
    this.autosave.settle(!areSame(chosen.files, this.files));
    if (areSame(chosen.files, this.files)) this.#keeper?.drop();
    return true;
  }

  /** Goes on with what the other device saved. What is here stays in the history. */
  async takeTheirs(): Promise<boolean> {
    const { theirs } = this;
    if (!theirs) return true;
    const chosen = await this.#parts.choose(theirs.version);
    if (!chosen) return false;
    this.files = { ...chosen.files };
    this.version = chosen.version;
    this.savedAt = chosen.savedAt;
    this.theirs = null;
    this.#showSomething();
    this.autosave.settle(false);
    this.#keeper?.drop();
    return true;
  }

  #touch(): void {
    this.refused = findSizeProblem(this.files) ?? null;
    const kept = this.#keeper?.keep({ files: this.snapshot(), base: this.version, at: this.#parts.now() });
    this.unkept = kept === false;
    this.autosave.touch();
  }

  #showSomething(): void {
    if (this.files[this.current] === undefined) this.current = this.paths[0] ?? this.entry;
  }

  async #send(): Promise<Saved> {
    const sent = this.snapshot();
    const answer = await this.#parts.send({ files: sent, base: this.version });
    switch (answer.outcome) {
      case 'saved':
        this.version = answer.version;
        this.savedAt = answer.savedAt;
        this.refused = null;
        if (areSame(sent, this.files)) this.#keeper?.drop();
        else this.#keeper?.keep({ files: this.snapshot(), base: this.version, at: this.#parts.now() });
        return 'saved';
      case 'conflict':
        this.#mine = answer.mine;
        this.theirs = answer.theirs;
        return 'elsewhere';
      case 'refused':
        this.refused = answer.problem;
        // Nothing to try again until it is changed; this browser keeps it.
        return 'saved';
      case 'unreached':
        return 'unreached';
    }
  }
}

function areSame(a: Files, b: Files): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
