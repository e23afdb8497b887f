import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { sha256 } from '../hash.ts';
import { FAMILY_SCHEMAS } from '../schema/item.ts';
import type { FamilySource } from '../schema/item.ts';

/** Item files that were read and found right before, by the SHA-256 of their text. */
export interface FamilyCache {
  find(hash: string): FamilySource | undefined;
  keep(hash: string, source: FamilySource): void;
}

/** A cache that lives in a file between two starts of a server. */
export interface FileCache extends FamilyCache {
  /** Writes what this load used, if anything is new. A folder that cannot be written to is no error. */
  save(): Promise<void>;
}

/** Counts up when the meaning of the parsed form changes in a way its schemas do not show. */
const FORMAT = 1;

/** Reads the cache. A file that is missing, broken or of other schemas is an empty cache. */
export async function openFamilyCache(file: string): Promise<FileCache> {
  const version = sha256(JSON.stringify([FORMAT, FAMILY_SCHEMAS.map(describeSchema)]));
  const known = await readEntries(file, version);
  const used = new Map<string, FamilySource>();
  let isNew = false;
  return {
    find: (hash) => {
      const source = known.get(hash);
      if (source) used.set(hash, source);
      return source;
    },
    keep: (hash, source) => {
      used.set(hash, source);
      isNew = true;
    },
    save: async () => {
      if (!isNew) return;
      // Under another name first: a server that starts meanwhile never sees half a file.
      const draft = `${file}.${process.pid}`;
      const text = JSON.stringify({ version, entries: Object.fromEntries(used) });
      await writeFile(draft, text, { mode: 0o600 })
        .then(() => rename(draft, file))
        .catch(() => undefined);
    },
  };
}

function describeSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

async function readEntries(file: string, version: string): Promise<Map<string, FamilySource>> {
  try {
    const data = JSON.parse(await readFile(file, 'utf8')) as {
      version?: unknown;
      entries?: Record<string, FamilySource>;
    };
    return new Map(data.version === version ? Object.entries(data.entries ?? {}) : []);
  } catch {
    return new Map();
  }
}
