import type { SubmissionView } from '@edirae/school';

/** What handing in leads to: a submission under way, or why there is none. */
export type Handed = { submission: SubmissionView } | { problem: string };

export interface SubmissionDeskParts {
  /** Asks how it stands; undefined where the server cannot be reached. */
  look: (id: string) => Promise<SubmissionView | undefined>;
  /** Takes it out of the queue, or ends it. */
  cancel: (id: string) => Promise<SubmissionView | undefined>;
  /** Told once, when it has ended. */
  onEnd: (submission: SubmissionView) => void;
}

const SOON = 700;
const LATER = 3_000;

export function isUnderWay(submission: Pick<SubmissionView, 'state'> | null): boolean {
  return submission?.state === 'queued' || submission?.state === 'running';
}

/** Follows one submission, or one run on the server, until it has ended. */
export class SubmissionDesk {
  current = $state.raw<SubmissionView | null>(null);
  problem = $state<string | null>(null);
  /** On its way to the server. */
  sending = $state(false);
  /** The server was not reached when it was last asked. */
  unreached = $state(false);
  readonly #parts: SubmissionDeskParts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;

  constructor(parts: SubmissionDeskParts, current: SubmissionView | null) {
    this.#parts = parts;
    this.current = current;
  }

  /** Scripts run: goes on following what was under way when the page was loaded. */
  open(): void {
    if (isUnderWay(this.current)) this.#plan();
  }

  async hand(send: () => Promise<Handed>): Promise<boolean> {
    if (this.sending) return false;
    this.sending = true;
    this.problem = null;
    const handed = await send();
    this.sending = false;
    if ('problem' in handed) {
      this.problem = handed.problem;
      return false;
    }
    this.#looks = 0;
    this.#see(handed.submission);
    return true;
  }

  async cancel(): Promise<void> {
    if (!this.current || !isUnderWay(this.current)) return;
    const seen = await this.#parts.cancel(this.current.id);
    if (seen) this.#see(seen);
    else this.unreached = true;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #see(submission: SubmissionView): void {
    clearTimeout(this.#timer);
    this.current = submission;
    this.unreached = false;
    if (isUnderWay(submission)) this.#plan();
    else this.#parts.onEnd(submission);
  }

  #plan(): void {
    this.#looks += 1;
    // The first moments count most; a long queue is asked less often.
    this.#timer = setTimeout(() => void this.#look(), this.#looks < 20 ? SOON : LATER);
  }

  async #look(): Promise<void> {
    const id = this.current?.id;
    if (id === undefined) return;
    const seen = await this.#parts.look(id);
    if (this.current?.id !== id) return;
    if (seen) return this.#see(seen);
    this.unreached = true;
    this.#plan();
  }
}
