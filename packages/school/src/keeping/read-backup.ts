import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { RowSummer, type PortableRow } from '../store/portable/portable-row.ts';
import type { Mark, RowBatch } from '../store/portable/read-rows.ts';
import type { PortableTable } from '../store/portable/tables.ts';
import {
  BACKUP_FORMAT,
  BackupError,
  manifestSchema,
  takeSealOff,
  type BackupManifest,
} from './backup-manifest.ts';
import type { RowSource } from './row-source.ts';

/** Rows handed over at a time. */
const BATCH = 500;

const rowSchema = z.array(
  z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.string() })]),
);

/** Opens a backup. Its files are looked at by {@link checkBackup}. @throws BackupError */
export async function openBackup(folder: string): Promise<{ manifest: BackupManifest; source: RowSource }> {
  const path = resolve(folder);
  const manifest = await readManifest(path);
  const tables = Object.entries(manifest.tables).map(([name, { columns, key }]) => ({ name, columns, key }));
  const source: RowSource = {
    name: path,
    tables,
    holdings: {
      migrations: manifest.migrations,
      tables: Object.fromEntries(
        Object.entries(manifest.tables).map(([name, { rows, digest }]) => [name, { rows, digest }]),
      ),
    },
    secret: await readSecret(path, manifest),
    rows: (table, after) => readTable(path, manifest, table, after),
  };
  return { manifest, source };
}

/** @throws BackupError where it is not as it was written */
async function readSecret(folder: string, { secret, secretSha256 }: BackupManifest): Promise<string | null> {
  if (secret === null) return null;
  const path = join(folder, secret);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new BackupError(`${path} cannot be read (${codeOf(error)}). The backup is not whole.`);
  }
  if (secretSha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== secretSha256)
    throw new BackupError(`${path} is not as it was written: its SHA-256 differs from the manifest's.`);
  return bytes.toString('utf8').trim();
}

/** Reads every file of a backup and compares it with what the manifest says. @throws BackupError */
export async function checkBackup(folder: string, manifest: BackupManifest): Promise<void> {
  for (const [name, table] of Object.entries(manifest.tables)) {
    const hash = createHash('sha256');
    const path = join(resolve(folder), table.file);
    try {
      await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) hash.update(chunk);
      });
    } catch (error) {
      throw new BackupError(`${path} cannot be read (${codeOf(error)}). The backup is not whole.`);
    }
    if (hash.digest('hex') !== table.sha256)
      throw new BackupError(`${path} is not as it was written: its SHA-256 differs from the manifest's.`);
    const summer = new RowSummer();
    for await (const { rows } of readTable(resolve(folder), manifest, { name, ...table }, null))
      rows.forEach((row) => summer.add(row));
    const { rows, digest } = summer.sum;
    if (rows !== table.rows || digest !== table.digest)
      throw new BackupError(`${path} holds ${rows} rows; the manifest says ${table.rows}, or other ones.`);
  }
}

async function readManifest(path: string): Promise<BackupManifest> {
  const file = join(path, 'manifest.json');
  let input: unknown;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    input = JSON.parse(text);
  } catch (error) {
    throw new BackupError(
      `${path} is no whole backup: ${file} cannot be read (${error instanceof SyntaxError ? 'no JSON' : codeOf(error)}).`,
    );
  }
  const format = (input as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > BACKUP_FORMAT)
    throw new BackupError(
      `${path} was written by a newer Edirae (format ${format}). Restore it with that version.`,
    );
  const unsealed = takeSealOff(text, input);
  if (unsealed === undefined)
    throw new BackupError(`${file} is not as it was written: its SHA-256 differs from its seal.`);
  const parsed = manifestSchema.safeParse(unsealed);
  if (!parsed.success)
    throw new BackupError(`${file} is not a manifest of ours: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

async function* readTable(
  path: string,
  manifest: BackupManifest,
  { name, key, columns }: PortableTable,
  after: Mark | null,
): AsyncGenerator<RowBatch> {
  const file = manifest.tables[name]?.file;
  if (file === undefined) throw new BackupError(`The backup has no table ${name}.`);
  const places = key.map((column) => columns.indexOf(column));
  const markOf = (row: PortableRow): Mark => places.map((place) => row[place] ?? null);
  // The file is in the order of the key as its database sorts; a mark is found by looking for it.
  let skipping = after === null ? null : JSON.stringify(after);
  let rows: PortableRow[] = [];
  const stream = createReadStream(join(path, file));
  const gunzip = createGunzip();
  const piped = pipeline(stream, gunzip).catch(() => undefined);
  try {
    for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) {
      const row = rowSchema.parse(JSON.parse(line));
      if (row.length !== columns.length) throw new BackupError(`A row of ${file} has ${row.length} values.`);
      if (skipping !== null) {
        if (JSON.stringify(markOf(row)) === skipping) skipping = null;
        continue;
      }
      rows.push(row);
      if (rows.length < BATCH) continue;
      yield { rows, mark: markOf(row) };
      rows = [];
    }
  } finally {
    stream.destroy();
    await piped;
  }
  const last = rows.at(-1);
  if (last) yield { rows, mark: markOf(last) };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}
