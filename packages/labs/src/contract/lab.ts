import { z } from 'zod';

/** The version of the contract that this package reads; `docs/lab-contract.md` is its text. */
export const CONTRACT = 1;

/** What a lab may be solved in. JavaScript is accepted wherever TypeScript is. */
export const languageSchema = z.enum(['py', 'ts']);
export type Language = z.infer<typeof languageSchema>;

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'ids are kebab-case')
  .max(80);
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be an identifier');
const fileName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'must be a plain file name')
  .max(80);

const methodSchema = z.union([
  identifier,
  z.strictObject({ name: identifier, py: identifier.optional(), ts: identifier.optional() }),
]);

/** Something that a submission must define. `py` and `ts` give its name in that language where it differs. */
export const targetSchema = z.strictObject({
  name: identifier,
  kind: z.enum(['function', 'class']),
  methods: z.array(methodSchema).optional(),
  py: identifier.optional(),
  ts: identifier.optional(),
});
export type Target = z.infer<typeof targetSchema>;

export const limitsSchema = z.strictObject({
  /** Time for all tests together, in milliseconds; waiting for a sandbox is not counted. */
  wallMs: z.int().min(50).max(120_000),
  /** Memory the submission may use beyond what its language needs to start, in MiB. */
  memoryMb: z.int().min(16).max(2048),
  /** Kept from what the submission prints, in KiB. */
  outputKb: z.int().min(1).max(1024),
});
export type Limits = z.infer<typeof limitsSchema>;

export const rubricLineSchema = z.strictObject({
  id,
  title: z.string().min(1),
  weight: z.number().positive().max(100),
  skills: z.array(id),
  /** Who decides: the tests, or a person who reads the work. */
  by: z.enum(['tests', 'person']),
  /** What the person reads: a file of the submission; the starter holds what it begins from. Only with `by: person`. */
  file: fileName.optional(),
});
export type RubricLine = z.infer<typeof rubricLineSchema>;

/** `lab.yaml`. Other keys (a summary, what it proves) are allowed: the pages may show them. */
export const labSchema = z
  .looseObject({
    contract: z.literal(CONTRACT),
    id,
    title: z.string().min(1),
    stage: z.int().min(1).max(4),
    minutes: z.int().positive(),
    languages: z.array(languageSchema).min(1),
    entry: z.strictObject({ py: fileName.optional(), ts: fileName.optional() }),
    targets: z.array(targetSchema).min(1),
    limits: limitsSchema,
    rubric: z.array(rubricLineSchema).min(1),
  })
  .superRefine((lab, context) => {
    const issue = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    for (const language of lab.languages)
      if (lab.entry[language] === undefined) issue(`names no entry file for ${language}`, 'entry');
    if (new Set(lab.languages).size < lab.languages.length) issue('repeats a language', 'languages');
    const ids = lab.rubric.map((line) => line.id);
    if (new Set(ids).size < ids.length) issue('repeats an id', 'rubric');
    for (const line of lab.rubric)
      if (line.file !== undefined && line.by !== 'person')
        issue(`names a file for ${line.id}, which no person reads`, 'rubric');
    const sum = lab.rubric.reduce((total, line) => total + line.weight, 0);
    if (Math.abs(sum - 100) > 1e-6) issue(`weights sum to ${sum}, not to 100`, 'rubric');
  });
export type LabManifest = z.infer<typeof labSchema>;
