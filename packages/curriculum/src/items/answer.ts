/** A number in the unit it was given in; '' is the unit the question asks for. */
export interface NumericAnswer {
  value: number;
  unit: string;
}

/**
 * An answer as parsed, by kind: choice and short a text, multi and order a list of ids, numeric a value with a unit,
 * match and cloze a mapping. It is plain JSON, and parsing it again gives it back.
 */
export type Answer = string | string[] | NumericAnswer | Record<string, string>;

/** What became of an input: an answer (null is "I don't know yet"), or a sentence on what to change. */
export type ParsedAnswer = { ok: true; answer: Answer | null } | { ok: false; problem: string };
