import type { Answered, Client } from './client.ts';
import type { Samples } from './samples.ts';
import { someAnswer, type Item } from './some-answer.ts';

/** A check ends at ten answers; one that did not end by then would never. */
const MOST_ANSWERS = 12;

/** One learner's evening: what they do, through the pages and the API, timed by route. */
export class Evening {
  readonly #client: Client;
  readonly #samples: Samples;
  readonly #skills: readonly string[];
  readonly #random: () => number;

  constructor(parts: {
    client: Client;
    samples: Samples;
    /** Skills that are open to the learner. */
    skills: readonly string[];
    random: () => number;
  }) {
    this.#client = parts.client;
    this.#samples = parts.samples;
    this.#skills = parts.skills;
    this.#random = parts.random;
  }

  async page(path: string, route = path): Promise<void> {
    await this.#timed(`page ${route}`, () => this.#client.get(path));
  }

  async readSkill(): Promise<void> {
    await this.page(`/skills/${this.#oneSkill()}`, '/skills/{id}');
  }

  async askNext(): Promise<void> {
    await this.#timed('GET /next', () => this.#client.get('/api/v1/next'));
  }

  async practise({ hint = false } = {}): Promise<void> {
    const started = await this.#post<{ item: Item }>('/practice', { skill: this.#oneSkill() });
    if (started === null) return;
    if (hint) await this.#post(`/items/${started.item.issueId}/hints`, {}, '/items/{issueId}/hints');
    await this.#answer(started.item);
  }

  async takeCheck(): Promise<void> {
    const started = await this.#post<{ item: Item | null }>('/checks', { skill: this.#oneSkill() });
    let item = started?.item ?? null;
    // The next item comes with the verdict; a check that has ended brings none.
    for (let n = 0; item !== null && n < MOST_ANSWERS; n++) item = await this.#answer(item);
  }

  async review(): Promise<void> {
    const started = await this.#post<{ item: Item }>('/reviews', {});
    if (started !== null) await this.#answer(started.item);
  }

  async #answer(item: Item): Promise<Item | null> {
    const answered = await this.#post<{ next?: Item }>('/attempts', {
      issueId: item.issueId,
      answer: someAnswer(item, this.#random),
      confidence: 75,
    });
    return answered?.next ?? null;
  }

  /** Null where it was refused or failed: what follows from it is left out. */
  async #post<T>(path: string, body: unknown, route = path): Promise<T | null> {
    const answered = await this.#timed(`POST ${route}`, () => this.#client.post(`/api/v1${path}`, body));
    return answered !== null && answered.status < 400 ? (JSON.parse(answered.body) as T) : null;
  }

  async #timed(route: string, ask: () => Promise<Answered>): Promise<Answered | null> {
    const from = performance.now();
    try {
      const answered = await ask();
      this.#samples.record(route, performance.now() - from, answered.status);
      return answered;
    } catch (error) {
      this.#samples.lost(route, (error as NodeJS.ErrnoException).code ?? String(error));
      return null;
    }
  }

  #oneSkill(): string {
    return this.#skills[Math.floor(this.#random() * this.#skills.length)] ?? '';
  }
}
