import type { LabView, LearnerResult } from '@edirae/school';
import type { BrowserRuns, PythonPlace, RunPhase } from './browser-runs.ts';
import { toLearnerResult } from './run-result.ts';

/** A run of the visible tests in this page. */
export type RunState =
  | { is: 'idle' }
  | { is: 'running'; phase: RunPhase; since: number }
  | { is: 'done'; result: LearnerResult; at: number }
  | { is: 'stopped' }
  /** This browser cannot run it; the server can. */
  | { is: 'impossible'; problem: string };

type RunLab = Pick<LabView, 'visible' | 'rubric' | 'browserLab' | 'entry'>;

/** One practice run at a time; what runs them is loaded when the first one is asked for. */
export class RunDesk {
  state = $state.raw<RunState>({ is: 'idle' });
  readonly #python: PythonPlace | null;
  #runs: Promise<BrowserRuns> | undefined;
  #abort: AbortController | undefined;

  constructor(python: PythonPlace | null) {
    this.#python = python;
  }

  async run(lab: RunLab, files: Readonly<Record<string, string>>): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    const since = Date.now();
    const isCurrent = (): boolean => this.#abort === abort;
    this.state = { is: 'running', phase: { phase: 'start' }, since };
    try {
      this.#runs ??= import('./browser-runs.ts').then(({ BrowserRuns }) => new BrowserRuns(this.#python));
      const runs = await this.#runs;
      const result = await runs.run({
        lab: lab.browserLab,
        files,
        entry: findEntry(lab.entry, files),
        signal: abort.signal,
        onPhase: (phase) => {
          if (isCurrent()) this.state = { is: 'running', phase, since };
        },
      });
      if (isCurrent()) this.state = { is: 'done', result: toLearnerResult(lab, result), at: Date.now() };
    } catch (error) {
      if (!isCurrent() || abort.signal.aborted) return;
      // A chunk that could not be loaded is asked for again by the next run.
      this.#runs = undefined;
      this.state = { is: 'impossible', problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Ends the run, whatever it does: a loop without end goes with its worker. */
  cancel(): void {
    this.#abort?.abort(new Error('stopped'));
    this.#abort = undefined;
    if (this.state.is === 'running') this.state = { is: 'stopped' };
  }

  close(): void {
    this.cancel();
    void this.#runs?.then((runs) => runs.close()).catch(() => undefined);
  }
}

/** A TypeScript lab may be solved in JavaScript: then its entry has that ending. */
export function findEntry(entry: string, files: Readonly<Record<string, string>>): string {
  const script = entry.replace(/\.m?ts$/, '.js');
  return !(entry in files) && script in files ? script : entry;
}
