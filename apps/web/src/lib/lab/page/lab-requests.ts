import { deserialize } from '$app/forms';
import type { LabDraftView, LabView, SubmissionView } from '@edirae/school';
import type { Handed } from '../submission/submission-desk.svelte.ts';
import type { Files } from '../work/kept-work.ts';
import type { SaveAnswer, SavedWork } from '../work/workspace.svelte.ts';

/** What the page's actions answer. */
type Answers = {
  saved?: { version: number; savedAt: number };
  conflict?: { theirs: SavedWork; mine: number };
  chosen?: LabDraftView;
  submission?: SubmissionView;
  problem?: string;
  /** Asked for too often: later it works. */
  limited?: boolean;
};

const LIMITED =
  'That is more than this server runs for one learner in a minute. Your code is saved; send it again in a moment.';
const UNREACHED = 'The server cannot be reached. Your code is kept in this browser; try again in a moment.';

/** What a lab's page asks of its server, as this learner's device. */
export class LabRequests {
  readonly #lab: Pick<LabView, 'id' | 'language'>;
  readonly #device: () => string;

  constructor(lab: Pick<LabView, 'id' | 'language'>, device: () => string) {
    this.#lab = lab;
    this.#device = device;
  }

  async save(work: { files: Files; base: number }): Promise<SaveAnswer> {
    const answer = await this.#post('save', { files: JSON.stringify(work.files), base: String(work.base) });
    // What came too fast is tried again by itself, as if the server had not been there.
    if (!answer || answer.limited) return { outcome: 'unreached' };
    if (answer.saved) return { outcome: 'saved', ...answer.saved };
    if (answer.conflict) return { outcome: 'conflict', ...answer.conflict };
    return answer.problem === undefined
      ? { outcome: 'unreached' }
      : { outcome: 'refused', problem: answer.problem };
  }

  async choose(version: number): Promise<SavedWork | undefined> {
    const answer = await this.#post('choose', { version: String(version) });
    return answer?.chosen;
  }

  /** @param tests `run`: the visible ones on the server, never evidence */
  async hand(tests: 'submit' | 'run', files: Files): Promise<Handed> {
    const answer = await this.#post(tests, { files: JSON.stringify(files) });
    if (answer?.submission) return { submission: answer.submission };
    return { problem: answer?.problem ?? UNREACHED };
  }

  async cancel(id: string): Promise<SubmissionView | undefined> {
    const answer = await this.#post('cancel', { submission: id });
    return answer?.submission;
  }

  async look(id: string): Promise<SubmissionView | undefined> {
    try {
      const response = await fetch(`/labs/${this.#lab.id}/submissions/${id}`, {
        headers: { accept: 'application/json' },
      });
      return response.ok ? ((await response.json()) as SubmissionView) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined where the server was not reached, or broke. */
  async #post(action: string, fields: Record<string, string>): Promise<Answers | undefined> {
    const body = new FormData();
    for (const [name, value] of Object.entries({
      language: this.#lab.language,
      device: this.#device(),
      ...fields,
    }))
      body.append(name, value);
    try {
      const response = await fetch(`?/${action}`, {
        method: 'POST',
        headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
        body,
      });
      const result = deserialize<Answers, Answers>(await response.text());
      if (result.type === 'error' && result.status === 429) return { limited: true, problem: LIMITED };
      return result.type === 'success' || result.type === 'failure' ? result.data : undefined;
    } catch {
      return undefined;
    }
  }
}
