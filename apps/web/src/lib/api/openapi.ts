import { z } from 'zod';
import type { Operation } from './operation.ts';
import { PROBLEM_SLUGS } from './problem.ts';
import { problem } from './schemas.ts';

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    unrepresentable: 'any',
  });
  return rest;
}

/** The OpenAPI 3.1 document, made from the operations' own schemas. */
export function openApiDocument(operations: readonly Operation[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const { status, schema } = operation.success;
    (paths[operation.path] ??= {})[operation.method] = {
      summary: operation.summary,
      operationId: `${operation.method}${operation.path.replace(/\W+(\w)/g, (_all, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
      security: operation.viewer ? [{ bearer: [] }, { session: [] }] : [],
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(operation.request
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: jsonSchema(operation.request, 'input') } },
            },
          }
        : {}),
      responses: {
        [status]: {
          description: 'Done',
          ...(schema ? { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } } : {}),
        },
        default: {
          description: `A problem: ${[...operation.problems, ...(operation.viewer ? ['unauthorised'] : [])].join(', ') || 'internal'}`,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Edirae',
      version,
      description: 'Times are integer milliseconds UTC; probabilities and shares are 0 to 1.',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'edirae_guest' },
      },
    },
    'x-problems': PROBLEM_SLUGS,
  };
}
