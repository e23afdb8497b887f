export type User = { id: string; level: number; groups: string[] };
export type Doc = {
  id: string;
  version: number;
  source: string;
  /** Who may read it: users of at least this level and, if groups are named, in one of them. */
  level: number;
  groups: string[];
  validFrom: number;
  sentences: string[];
};
export type Change = { at: number } & ({ kind: 'put'; doc: Doc } | { kind: 'delete'; id: string; version: number });
export type Config = {
  trusted: string[]; // sources whose sentences are facts
  stopWords: string[];
  synonyms: string[][]; // words of a group mean the same
  cacheSize: number;
};

export type Evidence = { doc: string; version: number; sentence: string };
export type Claim = { text: string; evidence: Evidence[] };
export type Answer = { answer: string | null; claims: Claim[]; abstained: boolean; cached: boolean };
export type Entry = { at: number; user: string; question: string; docs: string[]; answer: string | null };
export type State = { documents: Doc[]; cache: unknown[]; log: Entry[] };

export type Case = { id: string; slice: string; expected: string | null; critical: boolean };
export type Report = {
  answerable: { n: number; answered: number; right: number };
  unanswerable: { n: number; abstained: number };
  slices: Record<string, { n: number; good: number }>;
  unsupported: number; // claims without evidence
  failed: string[]; // critical cases that are not good, sorted
};
export type Policy = { minRight: number; minAbstained: number; minSlice: number; sliceMargin: number };

export type Traffic = { perMinute: number[]; tokensIn: number; tokensOut: number; cached: number };
export type Server = {
  slots: number;
  prefillPerSecond: number; // tokens of a prompt in one slot
  decodePerSecond: number; // tokens of an answer in one slot
  pricePerHour: number;
  utilisation: number; // most of the slots that may be busy
  zones: number;
  maxReplicas: number;
};
export type Capacity =
  | { feasible: true; replicas: number; perMonth: number; perAnswer: number; busy: number }
  | { feasible: false; needed: number };

type Text = { config: Config; canonical: Map<string, string>; stop: Set<string> };

function textOf(config: Config): Text {
  const canonical = new Map<string, string>();
  for (const group of config.synonyms) for (const word of group) canonical.set(word, group[0]!);
  return { config, canonical, stop: new Set(config.stopWords) };
}

/** The words that carry meaning, each as the first of its synonyms. Numbers are words. */
function termsOf(text: Text, sentence: string): Set<string> {
  const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return new Set(words.filter((word) => !text.stop.has(word)).map((word) => text.canonical.get(word) ?? word));
}

/** A sentence that speaks to the assistant is somebody's wish, not a fact, wherever it stands. */
function isAddressed(sentence: string): boolean {
  return /^\W*(assistant|system|ai)\s*[,:]/i.test(sentence);
}

function mayRead(user: User, doc: Doc): boolean {
  return user.level >= doc.level && (doc.groups.length === 0 || doc.groups.some((group) => user.groups.includes(group)));
}

/** Users who may read the same have the same key. */
function accessOf({ level, groups }: User): string {
  return JSON.stringify([level, [...new Set(groups)].sort()]);
}

/** Answers from documents that the user may read, or says that it cannot. */
export class Assistant {
  readonly #text: Text;
  readonly #documents = new Map<string, Doc>();
  /** Newest version of every document, deleted ones included: what comes late changes nothing. */
  readonly #versions = new Map<string, number>();
  /** Term to the sentences that hold it, by document. */
  readonly #index = new Map<string, Map<string, Set<number>>>();
  readonly #cache = new Map<string, Answer>();
  #log: Entry[] = [];
  /** When the next document becomes valid, and answers may change without a change. */
  #staleAt = Infinity;

  constructor(config: Config) {
    this.#text = textOf(config);
  }

  /** Takes a change of a document. Changes may come late, twice and out of order. */
  ingest(change: Change): void {
    const id = change.kind === 'put' ? change.doc.id : change.id;
    const version = change.kind === 'put' ? change.doc.version : change.version;
    const known = this.#versions.get(id) ?? -1;
    // Of equal versions the deletion wins: what was asked to be gone stays gone.
    if (version < known || (version === known && change.kind === 'put')) return;
    this.#versions.set(id, version);
    this.#remove(id);
    // Any change may make any answer another one, an abstention too.
    this.#cache.clear();
    if (change.kind === 'put') this.#add(change.doc);
    else
      this.#log = this.#log.map((entry) => (entry.docs.includes(id) ? { ...entry, answer: null } : entry));
  }

  ask(user: User, question: string, now: number): Answer {
    if (now >= this.#staleAt) this.#cache.clear();
    const key = `${accessOf(user)} ${question.trim().toLowerCase()}`;
    const known = this.#cache.get(key);
    const answer: Answer = known ? { ...known, cached: true } : this.#answer(user, question, now);
    if (!known) this.#remember(key, answer, now);
    const docs = [...new Set(answer.claims.flatMap(({ evidence }) => evidence.map(({ doc }) => doc)))];
    this.#log.push({ at: now, user: user.id, question, docs, answer: answer.answer });
    return answer;
  }

  /** Everything that it holds, as it is now. */
  state(): State {
    return JSON.parse(JSON.stringify({ documents: [...this.#documents.values()], cache: [...this.#cache.entries()], log: this.#log })) as State;
  }

  #answer(user: User, question: string, now: number): Answer {
    const abstained: Answer = { answer: null, claims: [], abstained: true, cached: false };
    const asked = termsOf(this.#text, question);
    if (asked.size === 0) return abstained;
    // Permission comes before ranking: what may not be read is not even a candidate.
    const found = this.#candidates(asked).filter(({ doc }) => mayRead(user, doc) && doc.validFrom <= now);
    const newest = Math.max(...found.map(({ doc }) => doc.validFrom));
    const passages = found
      .filter(({ doc }) => doc.validFrom === newest)
      .map(({ doc, sentence }) => ({ doc: doc.id, version: doc.version, sentence }));
    const texts = new Set(passages.map(({ sentence }) => sentence));
    const claims = ground(this.#text.config, [...texts].slice(0, 1), passages);
    if (claims.length === 0) return abstained;
    return { answer: claims.map(({ text }) => text).join(' '), claims, abstained: false, cached: false };
  }

  /** Sentences of trusted documents that hold every word that carries the question. */
  #candidates(asked: ReadonlySet<string>): { doc: Doc; sentence: string }[] {
    const lists = [...asked].map((term) => this.#index.get(term));
    if (lists.some((list) => list === undefined)) return [];
    const [rarest, ...others] = lists.map((list) => list!).sort((a, b) => a.size - b.size);
    return [...rarest!].flatMap(([id, places]) =>
      [...places]
        .filter((place) => others.every((list) => list.get(id)?.has(place)))
        .map((place) => ({ doc: this.#documents.get(id)!, sentence: this.#documents.get(id)!.sentences[place]! })),
    );
  }

  #add(doc: Doc): void {
    this.#documents.set(doc.id, doc);
    if (!this.#text.config.trusted.includes(doc.source)) return;
    for (const [place, sentence] of doc.sentences.entries()) {
      if (isAddressed(sentence)) continue;
      for (const term of termsOf(this.#text, sentence)) {
        const places = this.#index.get(term) ?? new Map<string, Set<number>>();
        this.#index.set(term, places.set(doc.id, (places.get(doc.id) ?? new Set()).add(place)));
      }
    }
  }

  #remove(id: string): void {
    const doc = this.#documents.get(id);
    if (!doc) return;
    this.#documents.delete(id);
    for (const term of new Set(doc.sentences.flatMap((sentence) => [...termsOf(this.#text, sentence)]))) {
      const places = this.#index.get(term);
      places?.delete(id);
      if (places?.size === 0) this.#index.delete(term);
    }
  }

  #remember(key: string, answer: Answer, now: number): void {
    const later = [...this.#documents.values()].map(({ validFrom }) => validFrom).filter((from) => from > now);
    if (this.#cache.size === 0) this.#staleAt = Math.min(...later, Infinity);
    this.#cache.set(key, answer);
    const oldest = this.#cache.keys().next().value;
    if (this.#cache.size > this.#text.config.cacheSize && oldest !== undefined) this.#cache.delete(oldest);
  }
}

export type Operation = ['ingest', Change] | ['ask', User, string, number] | ['state'];

/** Plays operations on a new assistant and returns what each gave. The tests use it. */
export function replay(config: Config, operations: Operation[]): unknown[] {
  const assistant = new Assistant(config);
  return operations.map((operation) => {
    if (operation[0] === 'ingest') return assistant.ingest(operation[1]) ?? null;
    if (operation[0] === 'ask') return assistant.ask(operation[1], operation[2], operation[3]);
    return assistant.state();
  });
}

/** Of a model's draft the claims that a passage supports, with the passages that do. */
export function ground(config: Config, draft: string[], passages: Evidence[]): Claim[] {
  const text = textOf(config);
  const held = passages
    .filter(({ sentence }) => !isAddressed(sentence))
    .map((passage) => ({ passage, terms: termsOf(text, passage.sentence) }));
  return draft.flatMap((claim) => {
    const terms = [...termsOf(text, claim)];
    // One sentence has to hold all of it: half from here and half from there is a new claim.
    const evidence = held
      .filter((one) => terms.length > 0 && terms.every((term) => one.terms.has(term)))
      .map(({ passage }) => passage);
    return evidence.length === 0 || isAddressed(claim) ? [] : [{ text: claim, evidence }];
  });
}

/** Whether an answer says a value, as a whole word and not as a part of another. */
function says(answer: string | null, expected: string): boolean {
  const words = (text: string) => ` ${(text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(' ')} `;
  return answer !== null && words(answer).includes(words(expected));
}

export function evaluate(cases: Case[], answers: Record<string, Answer>): Report {
  const report: Report = {
    answerable: { n: 0, answered: 0, right: 0 },
    unanswerable: { n: 0, abstained: 0 },
    slices: {},
    unsupported: 0,
    failed: [],
  };
  for (const { id, slice, expected, critical } of cases) {
    const answer = answers[id];
    // What is missing has neither answered nor abstained: it has failed.
    const answered = answer !== undefined && !answer.abstained;
    const good = expected === null ? answer?.abstained === true : answered && says(answer.answer, expected);
    if (expected === null) {
      report.unanswerable.n++;
      if (good) report.unanswerable.abstained++;
    } else {
      report.answerable.n++;
      if (answered) report.answerable.answered++;
      if (good) report.answerable.right++;
    }
    const counted = (report.slices[slice] ??= { n: 0, good: 0 });
    counted.n++;
    if (good) counted.good++;
    if (critical && !good) report.failed.push(id);
    report.unsupported += answer?.claims.filter(({ evidence }) => evidence.length === 0).length ?? 0;
  }
  report.failed.sort();
  return report;
}

export function gate(before: Report, after: Report, policy: Policy): { pass: boolean; reasons: string[] } {
  const reasons: string[] = [];
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  if (after.failed.length > 0) reasons.push('critical');
  if (after.unsupported > 0) reasons.push('unsupported');
  if (share(after.answerable.right, after.answerable.n) < policy.minRight) reasons.push('right');
  if (share(after.unanswerable.abstained, after.unanswerable.n) < policy.minAbstained) reasons.push('abstained');
  for (const [slice, { n, good }] of Object.entries(before.slices)) {
    if (n < policy.minSlice) continue;
    // A slice that is no longer measured cannot be shown to be as good.
    const now = after.slices[slice] ?? { n: 1, good: 0 };
    if (share(now.good, now.n) < share(good, n) - policy.sliceMargin) reasons.push(`slice ${slice}`);
  }
  return { pass: reasons.length === 0, reasons: reasons.sort() };
}

const HOURS_PER_MONTH = 730;

export function plan(traffic: Traffic, server: Server): Capacity {
  const { slots, zones, utilisation, maxReplicas, pricePerHour } = server;
  const seconds = traffic.tokensIn / server.prefillPerSecond + traffic.tokensOut / server.decodePerSecond;
  // Little's law: slots that are busy at once. A cached answer takes none.
  const busyAt = (perMinute: number) => (perMinute / 60) * (1 - traffic.cached) * seconds;
  const needed = busyAt(Math.max(...traffic.perMinute));
  let replicas = 1;
  while ((replicas - Math.ceil(replicas / zones)) * slots * utilisation < needed && replicas <= maxReplicas) replicas++;
  if (replicas > maxReplicas) return { feasible: false, needed };
  const perMonth = replicas * pricePerHour * HOURS_PER_MONTH;
  const mean = traffic.perMinute.reduce((sum, one) => sum + one, 0) / traffic.perMinute.length;
  return {
    feasible: true,
    replicas,
    perMonth,
    perAnswer: perMonth / (mean * 60 * HOURS_PER_MONTH),
    busy: needed / (replicas * slots),
  };
}
