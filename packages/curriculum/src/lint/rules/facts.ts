import type { Career } from '../../curriculum.ts';
import { freshUntil, isStale } from '../../facts/shelf-life.ts';
import { CERTIFICATIONS_FILE } from '../../load/load-guides.ts';
import type { LintRule, LintScope } from '../rule.ts';

/** Money, a share, or a number with thousands: what a reader takes for a fact. */
const FIGURE = /[$€£]\s?\d|\d\s?(%|per ?cent\b)|\b\d{1,3}(,\d{3})+\b/i;

/** A figure of the outside world says where it comes from and of when it is, and is read again before it is old. */
export const facts: LintRule = {
  name: 'facts',
  check(scope) {
    if (!scope.whole) return;
    for (const career of scope.curriculum.careers) {
      checkCareer(career, scope);
      checkProse(career, scope);
    }
    checkCertifications(scope);
  },
};

function checkCareer(career: Career, { error, warning, today }: LintScope): void {
  const { file, checkedOn, shelfLifeDays } = career;
  if (isStale(checkedOn, { days: shelfLifeDays }, today))
    warning(
      file,
      ['checkedOn'],
      `was checked on ${checkedOn}, more than ${shelfLifeDays} days ago; read its sources again and date it`,
    );
  for (const [n, fact] of career.facts.entries()) {
    const at = ['facts', n];
    if (!fact.source) error(file, at, `${fact.id} names no source; say where the figure was read`);
    if (fact.kind === 'pay' && (!fact.country || !fact.definition))
      error(
        file,
        at,
        `${fact.id} is pay without a country or a definition; say whose pay it is, and what is counted`,
      );
    if (fact.date === undefined) error(file, at, `${fact.id} has no date; say of when the figure is`);
    else if (isStale(fact.date, { months: fact.shelfLifeMonths }, today))
      warning(
        file,
        at,
        `${fact.id} was shown until ${freshUntil(fact.date, { months: fact.shelfLifeMonths })} and is hidden now; read its source again`,
      );
  }
}

/** A figure in a sentence has no place for its source. */
function checkProse(career: Career, { error }: LintScope): void {
  const visit = (value: unknown, at: PropertyKey[]): void => {
    if (typeof value === 'string') {
      const [figure] = FIGURE.exec(value) ?? [];
      if (figure !== undefined)
        error(
          career.file,
          at,
          `states a figure (“${figure}”) in a sentence; put it under facts, with source and date`,
        );
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  const { facts: _, ...prose } = career;
  visit(prose, []);
}

function checkCertifications({ curriculum, error, warning, today }: LintScope): void {
  for (const [n, { code, source, checkedOn, shelfLifeDays }] of curriculum.certifications.entries()) {
    if (source === undefined) error(CERTIFICATIONS_FILE, [n], `${code} names no source; say what was read`);
    if (checkedOn === undefined)
      error(CERTIFICATIONS_FILE, [n], `${code} does not say when it was checked; add checkedOn`);
    else if (isStale(checkedOn, { days: shelfLifeDays }, today))
      warning(
        CERTIFICATIONS_FILE,
        [n],
        `${code} was checked on ${checkedOn}, more than ${shelfLifeDays} days ago; read its page again`,
      );
  }
}
