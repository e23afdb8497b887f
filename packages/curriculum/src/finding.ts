/** Something wrong or doubtful in the content, as data: where it is and what to do about it. */
export interface Finding {
  /** Errors stop a release; warnings are read. */
  severity: 'error' | 'warning';
  /** The rule's name, kebab-case. */
  rule: string;
  /** Path relative to the content folder, with forward slashes. */
  file: string;
  /** 1-based; null where the finding concerns the file as a whole. */
  line: number | null;
  /** What is wrong and what to do. */
  message: string;
}

/** An error in `file`. */
export function errorIn(rule: string, file: string, message: string, line: number | null = null): Finding {
  return { severity: 'error', rule, file, line, message };
}

/** A warning in `file`. */
export function warningIn(rule: string, file: string, message: string, line: number | null = null): Finding {
  return { severity: 'warning', rule, file, line, message };
}

/** Orders findings by file, line and rule, so that two runs print the same. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

/** Byte order: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
