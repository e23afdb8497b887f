import type { Family } from '../curriculum.ts';
import { compileExpression } from '../expression/compile-expression.ts';
import type { CompiledExpression } from '../expression/compile-expression.ts';
import { compileTemplate, hasPlaces } from '../template/template.ts';
import type { Template } from '../template/template.ts';

/** Formulas and templates of one family, read on first use and kept. */
export interface CompiledFamily {
  expression(source: string): CompiledExpression;
  template(source: string): Template;
}

const cache = new WeakMap<Family, CompiledFamily>();

/** A text without places costs nothing to fill. */
function fixed(text: string): Template {
  return { names: [], fill: () => text };
}

/** The family's compiled formulas. Reading 130 skills compiles nothing: each formula waits for its first use. */
export function getCompiled(family: Family): CompiledFamily {
  const known = cache.get(family);
  if (known) return known;
  const expressions = new Map<string, CompiledExpression>();
  const templates = new Map<string, Template>();
  const compiled: CompiledFamily = {
    expression: (source) => remember(expressions, source, compileExpression),
    template: (source) => remember(templates, source, hasPlaces(source) ? compileTemplate : fixed),
  };
  cache.set(family, compiled);
  return compiled;
}

function remember<T>(known: Map<string, T>, source: string, make: (source: string) => T): T {
  const found = known.get(source);
  if (found !== undefined) return found;
  const made = make(source);
  known.set(source, made);
  return made;
}
