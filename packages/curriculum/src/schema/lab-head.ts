import { z } from 'zod';
import { idSchema, textSchema } from './text.ts';

/** What a track needs to know of `labs/<lab>/lab.yaml`; the labs' own package reads and checks the whole. */
export const labHeadSchema = z
  .object({
    id: idSchema,
    title: textSchema,
    stage: z.int().min(1).max(4),
    minutes: z.int().positive(),
    /** Number of the stage it closes; absent for an ordinary lab. */
    capstone: z.int().min(1).max(4).optional(),
    rubric: z.array(z.object({ skills: z.array(idSchema).default([]) })),
  })
  .transform(({ rubric, capstone, ...rest }) => ({
    ...rest,
    capstone: capstone ?? null,
    /** What its rubric carries, each once. */
    skills: [...new Set(rubric.flatMap(({ skills }) => skills))],
  }));

export type LabHead = z.infer<typeof labHeadSchema>;
