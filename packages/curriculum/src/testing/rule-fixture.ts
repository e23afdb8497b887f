import { describe, expect, test } from 'vitest';
import type { Finding } from '../finding.ts';
import { LINT_RULES } from '../lint/lint-curriculum.ts';
import type { LintRule } from '../lint/rule.ts';
import { FOLDER, lintWith, skillYaml } from './tiny-curriculum.ts';

/** Files of a tiny curriculum to add or to replace. */
export type Files = Readonly<Record<string, string>>;

/** A good and a bad tiny curriculum for one rule. */
export interface RuleFixture {
  rule: string;
  /** What the bad one does, as a sentence. */
  because: string;
  good: Files;
  bad: Files;
  /** What the finding says. */
  says: RegExp;
  /** A part of the line the finding points to. */
  on?: string;
  severity?: Finding['severity'];
}

/** The rule of that name; throws where there is none. */
export function getRule(name: string): LintRule {
  const rule = LINT_RULES.find((each) => each.name === name);
  if (!rule) throw new Error(`there is no rule ${name}`);
  return rule;
}

/** Declares two tests a fixture: the good one is let through, the bad one is found where it is bad. */
export function testRules(fixtures: readonly RuleFixture[]): void {
  describe.each(fixtures)('$rule, where $because', ({ rule, good, bad, says, on, severity = 'error' }) => {
    const relevant = (files: Files): Finding[] =>
      lintWith(getRule(rule), files).filter((finding) => says.test(finding.message));

    test('the good one is let through', () => {
      expect(relevant(good)).toEqual([]);
    });

    test('the bad one is found', () => {
      const [finding] = relevant(bad);
      expect(finding, JSON.stringify(lintWith(getRule(rule), bad), null, 1)).toMatchObject({
        rule,
        severity,
      });
      expect(finding && (finding.file.startsWith(FOLDER) || finding.file in bad)).toBe(true);
      if (on === undefined || !finding) return;
      const line = (bad[finding.file] ?? skillYaml()).split('\n')[(finding.line ?? 0) - 1];
      expect(line).toContain(on);
    });
  });
}
