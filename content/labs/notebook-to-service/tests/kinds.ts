import type { createOrders } from './orders.ts';
import type { Config } from './reference.ts';

export type Step = { call: string; args: unknown[]; on?: string; as?: string } | { new: string; args: unknown[]; as?: string } | { file: string };
export type Drive = (step: Step) => Promise<unknown>;
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  raises?: string;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};

export type Orders = ReturnType<typeof createOrders>;
export type Configure = (more?: Partial<Config>) => Config;
