import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Version of the layout of a backup's folder. */
export const BACKUP_FORMAT = 1;

const fileName = z.string().regex(/^[\w.-]+$/);

const tableSchema = z.strictObject({
  columns: z.array(z.string()).min(1),
  key: z.array(z.string()).min(1),
  rows: z.number().int().nonnegative(),
  digest: z.string().regex(/^[0-9a-f]{32}$/),
  file: fileName,
  /** Of the file as it lies there. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `manifest.json`, written last: a folder without it is no backup. */
export const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  edirae: z.string(),
  /** Epoch milliseconds. */
  at: z.number().int(),
  /** Of the database it was taken from; it restores to either. */
  database: z.enum(['sqlite', 'postgres']),
  migrations: z.array(z.string()).min(1),
  tables: z.record(z.string(), tableSchema),
  ledgers: z.strictObject({ learners: z.number().int(), events: z.number().int() }),
  /** File of the secret, where it is in the backup. */
  secret: fileName.nullable(),
  /** Of the secret's file. Missing where there is none, and in backups from before it was noted. */
  secretSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

const sealSchema = z.looseObject({ seal: z.string().optional() });

export type BackupManifest = z.output<typeof manifestSchema>;

/** The manifest as it is written, with a SHA-256 over itself: a byte that changes in it is noticed like one in a table. */
export function writeManifest(manifest: object): string {
  const seal = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  return `${JSON.stringify({ ...manifest, seal }, null, 2)}\n`;
}

/** Takes the seal off what a manifest holds, or gives undefined where it is broken. One from before there were seals has none. */
export function takeSealOff(text: string, input: unknown): unknown {
  const parsed = sealSchema.safeParse(input);
  if (!parsed.success || parsed.data.seal === undefined) return input;
  const { seal: _, ...manifest } = parsed.data;
  return writeManifest(manifest) === text ? manifest : undefined;
}

/** A backup that is not whole, or not one of this program's. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
