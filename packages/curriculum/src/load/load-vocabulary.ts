import type { z } from 'zod';
import type { Finding } from '../finding.ts';
import {
  askedSchema,
  backgroundsSchema,
  elsewhereSchema,
  languagesSchema,
  outsidesSchema,
  questionsSchema,
  rolesSchema,
  topicsSchema,
  wordsSchema,
} from '../schema/vocabulary.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';
import { findParsed, findYaml } from './parse-file.ts';
import { VOCABULARY_FOLDER } from './read-tree.ts';
import type { FileTree } from './read-tree.ts';

/** Subjects, and the complaints behind which they hide: one shape, two files. */
const TOPIC_FILES = ['topics', 'symptoms'];

/** How people put what is taught. A file that is absent or cannot be read adds nothing; what is wrong is reported. */
export function loadVocabulary(tree: FileTree, findings: Finding[]): Vocabulary {
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const file = `${VOCABULARY_FOLDER}/${name}.yaml`;
    const text = tree.get(file);
    const yaml = text === undefined ? undefined : findYaml(text, file, findings);
    return yaml && findParsed(schema, yaml, file, findings);
  };
  const words = read('words', wordsSchema);
  const elsewhere = read('elsewhere', elsewhereSchema);
  return {
    topics: TOPIC_FILES.flatMap((file) =>
      (read(file, topicsSchema) ?? []).map((topic) => ({ ...topic, file })),
    ),
    outsides: read('outside', outsidesSchema) ?? [],
    backgrounds: read('backgrounds', backgroundsSchema) ?? [],
    roles: read('roles', rolesSchema) ?? [],
    classes: words?.classes ?? {},
    filler: words?.filler ?? [],
    weak: words?.weak ?? [],
    spelt: words?.spelt ?? [],
    languages: read('languages', languagesSchema) ?? {},
    elsewhere: {
      everyday: Object.values(elsewhere?.everyday ?? {}).flat(),
      asked: elsewhere?.asked ?? [],
      trade: elsewhere?.trade ?? [],
      work: elsewhere?.work ?? [],
    },
    asked: read('asked', askedSchema) ?? {},
    questions: read('questions', questionsSchema) ?? {},
  };
}
