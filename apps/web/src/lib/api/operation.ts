import type { School, TokenMay } from '@edirae/school';
import type { z } from 'zod';

/** What a use case said, on its way to a response: a body, or the slug of a problem with its members. */
export type Reply =
  | { status: number; body?: unknown }
  /** A body that is JSON already, made in pieces. */
  | { status: number; json: AsyncGenerator<string, void> }
  /** Sent as server-sent events as they come, or whole as `{events}` where JSON is asked for. */
  | { status: number; stream: AsyncGenerator<NumberedEvent, void> }
  | { problem: string; members?: Record<string, unknown> };

/** Its number is where a lost connection is taken up. */
export interface NumberedEvent {
  id: number;
  type: string;
}

export interface Call<Body> {
  school: School;
  /** Empty where the operation needs no viewer. */
  learnerId: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Headers;
  body: Body;
  /** Where the request comes from, for rate limits. */
  client: string;
}

/** One operation of the API: routing, parsing and the OpenAPI document are all made from it. */
export interface Operation<Schema extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'delete';
  /** Under `/api/v1`, with `{name}` for parameters. */
  path: string;
  summary: string;
  /** False where no viewer is needed. */
  viewer: boolean;
  /** Which tokens made for a purpose may call it; absent: only those that may do everything. */
  may?: Exclude<TokenMay, 'all'>;
  /** Longest body that is read, in bytes; absent: 64 KiB. */
  bodyLimit?: number;
  /** The JSON body; absent where none is read. */
  request?: Schema;
  /** Status of success and the shape of its body; null where there is none. */
  success: { status: number; schema: z.ZodType | null };
  /** Slugs of the problems it may answer with, beside the general ones. */
  problems: string[];
  run(call: Call<z.infer<Schema>>): Promise<Reply>;
}

export function defineOperation<Schema extends z.ZodType>(operation: Operation<Schema>): Operation {
  return operation as unknown as Operation;
}

/** A refusal by a use case, as a problem: its `outcome` is the slug, the rest its members; skills are named by id. */
export function refuse(refusal: { outcome: string }): Reply {
  const { outcome, ...members } = refusal;
  return {
    problem: outcome,
    members: Object.fromEntries(Object.entries(members).map(([name, value]) => [name, toIds(value)])),
  };
}

function toIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toIds);
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
}
