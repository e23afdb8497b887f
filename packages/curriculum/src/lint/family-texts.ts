import type { Family } from '../curriculum.ts';
import { isParametric } from '../schema/item.ts';

/** A text of a family as written, and where it stands. */
export interface FamilyText {
  path: (string | number)[];
  text: string;
}

/** Every text of a family that a learner may read: prompts, hints, solutions, options, feedback. */
export function listTexts(family: Family): FamilyText[] {
  const texts: FamilyText[] = [];
  collect(family.source, [], texts);
  return texts;
}

const SHOWN = new Set(['prompt', 'solution', 'feedback', 'headline', 'text', 'left', 'right', 'title']);
const LISTS = new Set(['hints', 'sequence', 'extra']);

function collect(value: unknown, path: (string | number)[], into: FamilyText[]): void {
  if (Array.isArray(value)) {
    value.forEach((entry: unknown, n) => collect(entry, [...path, n], into));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) collect(entry, [...path, key], into);
  } else if (typeof value === 'string') {
    const key = path.at(-1);
    const list = path.at(-2);
    if (SHOWN.has(String(key)) || (typeof key === 'number' && LISTS.has(String(list))))
      into.push({ path, text: value });
  }
}

/** The misconceptions a family's distractors name, with where. */
export function listMisconceptions(family: Family): { path: (string | number)[]; id: string }[] {
  const found: { path: (string | number)[]; id: string }[] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (Array.isArray(value)) value.forEach((entry: unknown, n) => walk(entry, [...path, n]));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) walk(entry, [...path, key]);
    } else if (path.at(-1) === 'misconception' && typeof value === 'string') found.push({ path, id: value });
  };
  walk(family.source, []);
  return found;
}

/** Hints with their path, of the family and of each variant that has its own. */
export function listHints(family: Family): FamilyText[] {
  return listTexts(family).filter(({ path }) => path.at(-2) === 'hints');
}

/** Formulas of a parametric family with where they stand, in the order in which their names become known. */
export function listFormulas(
  family: Family,
): { path: (string | number)[]; formula: string; known: string[] }[] {
  const { source } = family;
  if (!isParametric(source)) return [];
  const known = Object.keys(source.parameters);
  const formulas: { path: (string | number)[]; formula: string; known: string[] }[] = [];
  for (const [name, formula] of Object.entries(source.derived)) {
    formulas.push({ path: ['derived', name], formula, known: [...known] });
    known.push(name);
  }
  source.constraints.forEach((formula, n) => formulas.push({ path: ['constraints', n], formula, known }));
  if (source.kind === 'numeric') {
    formulas.push({ path: ['answer', 'formula'], formula: source.answer.formula, known });
    source.wrong.forEach(({ formula }, n) =>
      formulas.push({ path: ['wrong', n, 'formula'], formula, known }),
    );
  }
  return formulas;
}
