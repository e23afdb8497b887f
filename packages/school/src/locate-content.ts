import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Finds the repository's `content/` folder by walking up from this file, then from the working directory.
 * A fixed relative path would break once the web app is bundled, because the bundle moves this file.
 */
export function findContentDir(
  starts: readonly string[] = [dirname(fileURLToPath(import.meta.url)), process.cwd()],
): string | undefined {
  for (const start of starts) {
    for (let dir = start; ; dir = dirname(dir)) {
      const content = join(dir, 'content');
      if (existsSync(join(content, 'modules'))) return content;
      if (dirname(dir) === dir) break;
    }
  }
  return undefined;
}
