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

/** Answers from documents that the user may read, or says that it cannot. */
export class Assistant {
  protected readonly config: Config;

  constructor(config: Config) {
    this.config = config;
  }

  /** Takes a change of a document. Changes may come late, twice and out of order. */
  ingest(change: Change): void {}

  ask(user: User, question: string, now: number): Answer {
    return { answer: null, claims: [], abstained: true, cached: false };
  }

  /** Everything that it holds, as it is now. */
  state(): State {
    return { documents: [], cache: [], log: [] };
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
  return [];
}

export function evaluate(cases: Case[], answers: Record<string, Answer>): Report {
  return { answerable: { n: 0, answered: 0, right: 0 }, unanswerable: { n: 0, abstained: 0 }, slices: {}, unsupported: 0, failed: [] };
}

export function gate(before: Report, after: Report, policy: Policy): { pass: boolean; reasons: string[] } {
  return { pass: false, reasons: [] };
}

export function plan(traffic: Traffic, server: Server): Capacity {
  return { feasible: false, needed: 0 };
}
