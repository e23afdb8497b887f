import { z } from 'zod';

const filesSchema = z.record(z.string().max(300), z.string().max(400_000));
const fieldsSchema = z.object({
  language: z.enum(['py', 'ts']),
  /** The version that the sender last saw; left out without scripts, where nothing is known of other devices. */
  base: z.coerce.number().int().nonnegative().optional(),
  device: z.string().max(64).optional(),
});

/** What a lab's form sends: with scripts all files as JSON, without them a field for each. */
export interface LabForm extends z.infer<typeof fieldsSchema> {
  /** Null: the form holds no files. */
  files: Record<string, string> | null;
}

/** Undefined where it cannot be read. */
export function findLabForm(form: FormData): LabForm | undefined {
  const text = (name: string): string | undefined => {
    const value = form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const fields = fieldsSchema.safeParse({
    language: text('language'),
    base: text('base'),
    device: text('device'),
  });
  if (!fields.success) return undefined;
  const files = readFiles(text('files'), form.getAll('path'), form.getAll('text'));
  return files === undefined ? undefined : { ...fields.data, files };
}

function readFiles(
  json: string | undefined,
  paths: FormDataEntryValue[],
  texts: FormDataEntryValue[],
): LabForm['files'] | undefined {
  if (json !== undefined) {
    try {
      return filesSchema.parse(JSON.parse(json));
    } catch {
      return undefined;
    }
  }
  if (paths.length === 0) return null;
  if (paths.length !== texts.length) return undefined;
  const pairs = paths.flatMap((path, at) => {
    const text = texts[at];
    // The fields for one more file may be left empty.
    if (typeof path !== 'string' || typeof text !== 'string' || path.trim() === '') return [];
    // A browser sends a field's lines with the ends of another system.
    return [[path.trim(), text.replaceAll('\r\n', '\n')] as const];
  });
  return filesSchema.parse(Object.fromEntries(pairs));
}
