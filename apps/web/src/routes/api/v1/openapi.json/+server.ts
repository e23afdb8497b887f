import { openApiDocument } from '#lib/api/openapi.ts';
import { OPERATIONS } from '#lib/api/operations.ts';
import { VERSION } from '@edirae/school';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => Response.json(openApiDocument(OPERATIONS, VERSION));
