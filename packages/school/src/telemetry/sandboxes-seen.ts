import { listUsableSandboxes } from '@edirae/labs';
import type { Metrics } from './metrics.ts';

/** A sandbox of this machine, as a process has seen it since it started. */
export interface SandboxSeen {
  name: string;
  /** Languages that it is taken for; empty where a stronger one is here too. */
  chosenFor: string[];
  /** Submissions that ran in it. */
  runs: number;
  /** Times it could not be used at all. What a submission does wrong is none. */
  faults: number;
}

const LANGUAGES = { py: 'Python', ts: 'TypeScript' } as const;

/** What a machine has does not change while a process runs, and finding out starts one. */
let usable: ReturnType<typeof listUsableSandboxes> | undefined;

/** What this machine runs learners' code in, the strongest first, and how that went in this process. */
export async function describeSandboxes(metrics: Pick<Metrics, 'sandboxRuns'>): Promise<SandboxSeen[]> {
  usable ??= listUsableSandboxes();
  const here = await usable;
  return here.map((one) => ({
    name: one.name,
    chosenFor: Object.entries(LANGUAGES).flatMap(([language, title]) =>
      here.find(({ languages }) => languages.some((each) => each === language)) === one ? [title] : [],
    ),
    ...(metrics.sandboxRuns().get(one.name) ?? { runs: 0, faults: 0 }),
  }));
}
