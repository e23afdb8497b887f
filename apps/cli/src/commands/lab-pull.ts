import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findPulled, hashOf, INSTRUCTIONS, placeFile, writePulled, type Placed } from './lab-folder.ts';
import { ServerRefused, withRefusals } from './lab-refused.ts';
import { ask, chooseServer } from './lab-server.ts';
import { labCalledWrongly, PULL_USAGE } from './lab-usage.ts';

const files = z.record(z.string(), z.string());
const labSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  language: z.enum(['py', 'ts']),
  instructions: z.string(),
  visible: z.unknown(),
  starter: files,
  draft: z.looseObject({ version: z.int(), files }).nullable(),
});

/** Brings a lab, and the work on it that the server has, into a folder. Exit codes: 0 brought, 2 called wrongly or refused. */
export async function runPull(args: string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === 'string') return labCalledWrongly(options);
  const { lab: id, folder, language, server: named } = options;
  return withRefusals(async () => {
    const before = findPulled(folder);
    if (before && before.lab !== id)
      throw new ServerRefused(`${folder} holds the lab ${before.lab}. Name another folder.`);
    const server = chooseServer({ server: named, pulledFrom: before?.server });
    const query = language ?? before?.language;
    const path = `/labs/${encodeURIComponent(id)}${query === undefined ? '' : `?language=${query}`}`;
    const lab = await ask(server, { path }, labSchema);
    if ('refused' in lab) throw new ServerRefused(`The server has no lab ${id}.`);
    const theirs = { ...lab.starter, ...lab.draft?.files };
    const all = { [INSTRUCTIONS]: lab.instructions, ...theirs };
    const placed = Object.entries(all).map(([file, text]) => ({
      file,
      hash: hashOf(text),
      placed: placeFile(folder, file, text, before?.pulled[file]),
    }));
    const isKept = placed.some((each) => each.placed === 'kept' && each.file !== INSTRUCTIONS);
    writePulled(folder, {
      version: 1,
      server: server.url,
      lab: id,
      language: lab.language,
      // Work that was kept goes on from what it was pulled as, so that the server notices.
      base: isKept ? (before?.base ?? 0) : (lab.draft?.version ?? 0),
      visible: lab.visible,
      pulled: Object.fromEntries(
        placed.map(({ file, hash, placed: how }) => [
          file,
          how === 'kept' ? (before?.pulled[file] ?? '') : hash,
        ]),
      ),
    });
    process.stdout.write(describe(lab.title, folder, placed));
    return 0;
  });
}

interface Options {
  lab: string;
  folder: string;
  language: 'py' | 'ts' | undefined;
  server: string | undefined;
}

function parse(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { language: { type: 'string' }, server: { type: 'string' } },
    });
    const [lab, folder = lab] = positionals;
    if (lab === undefined || folder === undefined || positionals.length > 2) return PULL_USAGE;
    if (!/^[a-z0-9-]+$/.test(lab)) return `${lab} is no id of a lab.\n${PULL_USAGE}`;
    const language = z.enum(['py', 'ts']).optional().safeParse(values.language);
    if (!language.success) return `--language takes py or ts.\n${PULL_USAGE}`;
    return { lab, folder, language: language.data, server: values.server };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${PULL_USAGE}`;
  }
}

const WORDS: Readonly<Record<Placed, string>> = {
  new: 'new',
  same: 'as it was',
  updated: 'brought up to date; you had not changed it',
  kept: 'yours was kept; the server’s is in .edirae/from-server',
};

function describe(
  title: string,
  folder: string,
  placed: readonly { file: string; placed: Placed }[],
): string {
  return [
    `${title}, in ${folder}:`,
    ...placed.map(({ file, placed: how }) => `  ${file}  ${WORDS[how]}`),
    `Go on with: cd ${folder}, edirae lab test, edirae lab submit`,
    '',
  ].join('\n');
}
