import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleCurriculum, type Curriculum } from '@edirae/curriculum';

/** What a card needs of the content: guides, modules and skills, without lessons and items. */
const NEEDED = /(^|\/)(careers\/[^/]+|module|skill)\.yaml$/;

/** Reads the guides and the skills they count; null where there is no content. */
export async function readGuides(dir: string): Promise<Curriculum | null> {
  const paths = (await readdir(dir, { recursive: true })).map((path) => path.replaceAll('\\', '/'));
  const files = await Promise.all(
    paths
      .filter((path) => NEEDED.test(path))
      .sort()
      .map(async (path) => [path, await readFile(join(dir, path), 'utf8')] as const),
  );
  return assembleCurriculum(new Map(files)).curriculum;
}
