/**
 * The file that an import means, among the submission's files: as written, with an extension added, or with `.js`
 * standing for `.ts`. What is found nowhere keeps its name, so that the error says it.
 */
export function resolveModule(files: readonly string[], base: string, name: string): string {
  if (!name.startsWith('.')) return name;
  const parts = base.split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  const candidates = [
    path,
    path.replace(/\.js$/, '.ts'),
    path.replace(/\.mjs$/, '.mts'),
    ...['.ts', '.js', '.mts', '.mjs', '/index.ts', '/index.js'].map((ending) => path + ending),
  ];
  return candidates.find((candidate) => files.includes(candidate)) ?? path;
}
