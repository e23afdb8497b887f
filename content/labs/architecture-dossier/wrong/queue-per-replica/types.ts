/** A kind of process: how fast one is, what it costs, how often it is down. */
export type Component = {
  id: string;
  /** Mean time for which one visit holds one slot, exponentially distributed. */
  serviceMs: number;
  /** Visits that one replica works on at once. */
  slots: number;
  /** EUR for one replica and hour: as needed, and committed for every hour. */
  pricePerHour: number;
  committedPerHour: number;
  /** Share of time in which a replica works while its zone does. */
  replicaUp: number;
  /** The most replicas that can be had. */
  quota: number;
};
/** `times`: visits per request on average. `fallback` answers while the component cannot. */
export type Visit = { component: string; times: number; fallback?: string };
export type Flow = { id: string; perSecond: number; visits: Visit[] };
export type System = { components: Component[]; flows: Flow[]; zones: number; zoneUp: number };
export type Replicas = Record<string, number>;

export type Load = { perSecond: number; utilisation: number | null; waitMs: number | null };
export type Prediction = {
  components: Record<string, Load>;
  flows: Record<string, { meanMs: number | null; inSystem: number | null }>;
};

export type Goal = { flow: string; meanMs: number; zoneLossMs: number | null; availability: number };
export type GoalName = 'meanMs' | 'zoneLossMs' | 'availability';
export type Capacity = { hours: Replicas[]; committed: Replicas };
export type Price = { perMonth: number; perMillion: number; peakReplicas: number };
export type Failure = { flow: string; hour: number; goal: GoalName };
export type Plan = { feasible: true; capacity: Capacity } | { feasible: false; failures: Failure[] };

export type Brief = {
  today: string; // dates are YYYY-MM-DD
  system: System;
  goals: Goal[];
  profile: number[]; // load in each hour of a day, as a factor
  owners: Record<string, string>; // component -> team
  teams: { id: string; parallel: number }[]; // pieces of work that it does at once
  uses: { id: string; component: string; aiClass: AiClass; live: string }[];
  law: { aiClass: AiClass; item: string; applies: string }[];
  work: { id: string; team: string; months: number; after: string[] }[];
  horizon: number; // months
};
export type AiClass = 'high' | 'limited' | 'minimal';

export type Decision = {
  id: string;
  title: string;
  date: string;
  status: 'accepted' | 'superseded';
  options: { name: string; why: string }[];
  chosen: string;
  consequences: string[];
  review: string;
  supersedes: string | null;
};
export type Dossier = {
  containers: { id: string; owner: string; calls: string[] }[];
  capacity: Capacity;
  decisions: Decision[];
  scenarios: { flow: string; goal: GoalName; target: number; predicted: number }[];
  controls: { use: string; item: string; owner: string; due: string }[];
  roadmap: { id: string; team: string; start: number; months: number; after: string[] }[]; // start: 0 is the first month
  exceptions: { standard: string; owner: string; until: string }[];
  figures: Price;
};
export type Finding = { rule: string; where: string };
