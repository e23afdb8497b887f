/** Folders and a plain file name, as the grader takes them: `parts/totals.py`. */
const PATH = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const MAX_FILES = 64;
const MAX_BYTES = 256 * 1024;

/** Why a file cannot be called this, for people; undefined where it can. */
export function findNameProblem(path: string, taken: readonly string[]): string | undefined {
  if (!PATH.test(path) || path.length > 120)
    return 'A name holds letters, digits, dots, dashes and underscores; folders are set apart by a slash.';
  if (taken.some((other) => other.toLowerCase() === path.toLowerCase())) return `There is a ${path} already.`;
  if (taken.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`)))
    return 'A file and a folder cannot have the same name.';
  if (taken.length >= MAX_FILES) return `A submission has at most ${MAX_FILES} files.`;
  return undefined;
}

/** Why these files cannot be saved, for people; undefined where they can. */
export function findSizeProblem(files: Readonly<Record<string, string>>): string | undefined {
  const bytes = Object.values(files).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  return bytes > MAX_BYTES
    ? `All files together may hold ${MAX_BYTES / 1024} KiB; these hold ${Math.ceil(bytes / 1024)} KiB.`
    : undefined;
}
