import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { ChainedEvent } from '../store/chain.ts';
import type { EvidenceView } from '../views.ts';
import { familyTitle, skillTitle } from './titles.ts';

/** Answers as a person reads them, newest first. Placement answers stay unsaid: their verdicts were not given. */
export async function listEvidence(
  school: School,
  reader: Pick<LearnerReader, 'store'>,
  { skill, limit }: { skill?: string; limit: number },
): Promise<EvidenceView[]> {
  const events = (await reader.store.listEventsOfTypes(['attempt', 'adopted'])) as unknown as ChainedEvent[];
  const rows: EvidenceView[] = [];
  for (const event of events.reverse()) {
    const inner =
      event.type === 'adopted' && event.body.type === 'attempt'
        ? { at: event.body.at, body: event.body.body }
        : event;
    if (event.type !== 'attempt' && inner === event) continue;
    const body = inner.body as Extract<ChainedEvent, { type: 'attempt' }>['body'];
    if ((skill !== undefined && body.skill !== skill) || body.place === 'placement') continue;
    rows.push({
      seq: event.seq,
      at: inner.at,
      place: body.place,
      skill: body.skill,
      skillTitle: skillTitle(school, body.skill),
      family: body.family,
      familyTitle: familyTitle(school, body.family),
      variant: body.variant,
      outcome: body.outcome,
      aid: body.aid,
      firstTry: body.firstTry,
      confidence: body.confidence,
    });
    if (rows.length === limit) break;
  }
  return rows;
}
