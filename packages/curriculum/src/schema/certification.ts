import { z } from 'zod';
import { confidenceSchema, daySchema } from './fact.ts';
import { idSchema, textSchema, unique, urlSchema } from './text.ts';

const idsSchema = z.array(idSchema).refine(unique, 'names the same id twice');

/** Per cent of the exam; from and to where the issuer gives a range. */
const weightSchema = z
  .union([z.number(), z.tuple([z.number(), z.number()])], { error: 'must be per cent, or [from, to]' })
  .transform((value): { from: number; to: number } =>
    typeof value === 'number' ? { from: value, to: value } : { from: value[0], to: value[1] },
  )
  .refine(({ from, to }) => from > 0 && from <= to && to <= 100, 'must lie within 1 and 100, from before to');

const domainSchema = z
  .strictObject({
    title: textSchema,
    weight: weightSchema,
    /** How much of the domain these skills teach; our judgement. */
    coverage: z.enum(['most', 'part', 'none']),
    skills: idsSchema,
    /** What the domain asks that is not taught here. */
    gap: textSchema.optional(),
  })
  .refine(
    ({ coverage, gap }) => coverage === 'most' || gap !== undefined,
    'must name the gap: what it asks that is not taught here',
  )
  .refine(
    ({ coverage, skills }) => (coverage === 'none') === (skills.length === 0),
    'must name skills where something is covered, and none where nothing is',
  );

const certificationSchema = z
  .strictObject({
    id: idSchema,
    /** As the issuer writes it: `MLA-C01`. */
    code: textSchema,
    title: textSchema,
    issuer: textSchema,
    /** Other words for it, as people write them in a goal. */
    names: z.array(textSchema).default([]),
    /** `unconfirmed`: announced or in beta, and we have not seen it confirmed as live. */
    status: z.enum(['active', 'retired', 'unconfirmed']),
    retiredOn: daySchema.optional(),
    statusNote: textSchema.optional(),
    successors: idsSchema.default([]),
    price: z
      .strictObject({
        amount: z.number().positive(),
        currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD'),
        note: textSchema.optional(),
      })
      .optional(),
    format: textSchema.optional(),
    validity: textSchema.optional(),
    domains: z.array(domainSchema).default([]),
    weightsNote: textSchema.optional(),
    /** The issuer's page. */
    url: urlSchema,
    /** What was read. The rule `facts` reports where it is missing. */
    source: textSchema.optional(),
    checkedOn: daySchema.optional(),
    shelfLifeDays: z.int().min(1).default(90),
    confidence: confidenceSchema,
    confidenceNote: textSchema.optional(),
  })
  .refine(
    ({ status, retiredOn }) => (status === 'retired') === (retiredOn !== undefined),
    'says retired without retiredOn, or gives retiredOn without being retired',
  )
  .refine(
    ({ status, domains }) => status === 'retired' || domains.length > 0,
    'needs its domains with their weights',
  );

/** `certifications.yaml`. */
export const certificationsSchema = z
  .array(certificationSchema)
  .refine((list) => unique(list.map(({ id }) => id)), 'lists the same id twice');

export type Certification = z.infer<typeof certificationSchema>;
export type CertificationDomain = Certification['domains'][number];
