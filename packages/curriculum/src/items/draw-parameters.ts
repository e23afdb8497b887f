import type { Family } from '../curriculum.ts';
import type { Scope } from '../expression/compile-expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { drawInteger } from '../random.ts';
import type { ParameterSource } from '../schema/item-parts.ts';
import type { ParametricSource } from '../schema/item.ts';
import { getCompiled } from './compiled-family.ts';

/** Draws until `accept` is content; more redraws mean that the family's constraints hardly ever hold. */
const MOST_DRAWS = 1000;

/** Parameters and derived values of one draw. */
export interface Draw {
  parameters: Readonly<Record<string, number>>;
  /** Parameters and what is derived from them. */
  scope: Scope;
}

/**
 * Draws parameters until the constraints hold and `accept` returns something. The same random numbers give the same
 * draw for ever. Throws ExpressionError where a thousand draws do not do.
 */
export function drawUntil<T>(
  family: Family,
  source: ParametricSource,
  random: () => number,
  accept: (draw: Draw) => T | undefined,
): T {
  let lastProblem = 'its constraints hold for none of them';
  for (let n = 0; n < MOST_DRAWS; n++) {
    const parameters = Object.fromEntries(
      Object.entries(source.parameters).map(([name, parameter]) => [name, drawParameter(parameter, random)]),
    );
    try {
      const scope = derive(family, source, parameters);
      if (!scope) continue;
      const accepted = accept({ parameters, scope });
      if (accepted !== undefined) return accepted;
      lastProblem = 'a wrong value lies within the tolerance of the right one, or two options read the same';
    } catch (error) {
      // A division by zero in one draw is no reason to give up on the family; in all of them it is.
      if (!(error instanceof ExpressionError)) throw error;
      lastProblem = error.message;
    }
  }
  throw new ExpressionError(`${family.id}: ${MOST_DRAWS} draws gave no variant: ${lastProblem}`);
}

function drawParameter(parameter: ParameterSource, random: () => number): number {
  if (parameter.choices) return parameter.choices[drawInteger(random, parameter.choices.length)] as number;
  const { min = 0, max = 0, step } = parameter;
  // The small share keeps 0.1 to 0.3 by 0.1 at three values, and twelve digits keep 0.30000000000000004 away.
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  return Number((min + drawInteger(random, count) * step).toPrecision(12));
}

/** Parameters with derived values; undefined where a constraint does not hold. */
function derive(
  family: Family,
  source: ParametricSource,
  parameters: Record<string, number>,
): Scope | undefined {
  const compiled = getCompiled(family);
  const scope: Record<string, number> = { ...parameters };
  for (const [name, formula] of Object.entries(source.derived)) {
    scope[name] = explain(`derived.${name}`, () => compiled.expression(formula).evaluate(scope));
  }
  const holds = source.constraints.every((formula) =>
    explain(`constraint "${formula}"`, () => compiled.expression(formula).evaluate(scope) !== 0),
  );
  return holds ? scope : undefined;
}

/** Says which formula a problem is about. */
export function explain<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`${what} ${error.message}`);
    throw error;
  }
}
