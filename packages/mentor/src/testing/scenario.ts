import { z } from 'zod';

const headers = z.record(z.string(), z.string()).optional();
const milliseconds = z.number().min(0).max(600_000);

const toolCall = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

/** What a scripted provider does, step by step. A script that uses any other operation is not a script. */
export const operationSchema = z.discriminatedUnion('op', [
  z.looseObject({ op: z.literal('head'), status: z.int(), headers }),
  z.looseObject({ op: z.literal('send'), text: z.string() }),
  z.looseObject({ op: z.literal('sendhex'), hex: z.string() }),
  z.looseObject({
    op: z.literal('repeat'),
    text: z.string(),
    times: z.int().min(0),
    everyMs: milliseconds.optional(),
  }),
  z.looseObject({ op: z.literal('delay'), ms: milliseconds }),
  z.looseObject({ op: z.literal('json'), status: z.int(), body: z.unknown() }),
  z.looseObject({
    op: z.literal('chat'),
    content: z.string().nullish(),
    tool_calls: z.array(toolCall).optional(),
    finish_reason: z.string().optional(),
  }),
  z.looseObject({ op: z.literal('failfirst'), times: z.int().min(0), status: z.int(), headers }),
  z.looseObject({ op: z.literal('redirect'), status: z.int(), to: z.string() }),
  z.looseObject({ op: z.literal('gzipbomb'), megabytes: z.number().min(0).max(2_000) }),
  z.looseObject({ op: z.literal('hang') }),
  z.looseObject({ op: z.literal('destroy') }),
  z.looseObject({ op: z.literal('end') }),
]);
export type Operation = z.infer<typeof operationSchema>;

export const scenarioSchema = z.looseObject({ id: z.coerce.string(), script: z.array(operationSchema) });
export type Scenario = z.infer<typeof scenarioSchema>;
