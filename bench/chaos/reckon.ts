import { openForReading, parseConfig, verifyLedgers } from '@edirae/school';
import type { Acknowledged } from './learners.ts';

/** What is left when everything stands again. */
export interface Reckoning {
  acknowledged: number;
  /** Acknowledged answers that no ledger holds. */
  lost: number;
  /** Answers that ledgers hold more than once. */
  twice: number;
  /** Acknowledged answers whose recorded outcome is another than the one told. */
  changed: number;
  events: number;
  ledgers: number;
  /** What `edirae verify` finds. */
  problems: string[];
}

/** Compares what learners were told with what their ledgers hold, and verifies every ledger. */
export async function reckon(
  env: Record<string, string>,
  acknowledged: readonly Acknowledged[],
): Promise<Reckoning> {
  const school = await openForReading(parseConfig(env));
  try {
    const rows = await school.db
      .selectFrom('ledger_events')
      .select('body')
      .where('type', '=', 'attempt')
      .execute();
    const outcomes = new Map<string, string[]>();
    for (const { body } of rows) {
      const { issueId, outcome } = JSON.parse(body) as { issueId: string; outcome: string };
      outcomes.set(issueId, [...(outcomes.get(issueId) ?? []), outcome]);
    }
    const verified = await verifyLedgers(school);
    const recorded = ({ issueId }: Acknowledged) => outcomes.get(issueId)?.[0];
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.filter((one) => recorded(one) === undefined).length,
      twice: [...outcomes.values()].filter((all) => all.length > 1).length,
      changed: acknowledged.filter(
        (one) =>
          one.correct !== null &&
          recorded(one) !== undefined &&
          (recorded(one) === 'correct') !== one.correct,
      ).length,
      events: verified.events,
      ledgers: verified.learners,
      problems: verified.problems.map(({ learner, seq, problem }) => `${learner} ${seq}: ${problem}`),
    };
  } finally {
    await school.close();
  }
}
