import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './sandbox/node-launch.ts';

/** Files of a new lab by path below its folder: a small lab that goes through its gate, to write over. */
export function scaffoldLab(id: string, skill: string): { path: string; text: string }[] {
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
  const root = join(packageFolder(), 'templates/lab');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: file.slice(root.length + 1).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8')
        .replaceAll('LAB_ID', id)
        .replaceAll('LAB_TITLE', title)
        .replaceAll('SKILL_ID', skill),
    }));
}
