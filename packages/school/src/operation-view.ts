import type { AuditEntry } from './store/audit-log.ts';
import type { JobsView } from './usecases/get-jobs.ts';

/** One part of the installation, as the operator's page shows it. */
export interface PartView {
  part: string;
  /** `look`: something is to be done; `off`: not in use. */
  state: 'works' | 'look' | 'off';
  /** What was seen, in words. */
  seen: string;
}

/** A web process, by its last sign of life. */
export interface WebProcessView {
  id: string;
  host: string;
  pid: number;
  port: number;
  version: string;
  requests: { n: number; p50Ms: number; p99Ms: number } | null;
  loopLagMs: number;
  rssMb: number;
  since: number;
}

/** How the installation fares. Nothing about a learner. */
export interface OperationView {
  checkedAt: number;
  parts: PartView[];
  processes: WebProcessView[];
  jobs: JobsView;
  versions: {
    edirae: string;
    database: string;
    schema: string;
    curriculum: string;
    skills: number;
    written: number;
    rule: number;
    estimator: string;
    node: string;
  };
  /** What whoever operates the school did last, the newest first. */
  audit: Pick<AuditEntry, 'id' | 'at' | 'act' | 'by' | 'outcome'>[];
  waiting: {
    disputes: number;
    oldestDisputeAt: number | null;
    /** Resources whose link learners reported as dead, the most reported first. */
    deadLinks: { url: string; reports: number }[];
  };
}
