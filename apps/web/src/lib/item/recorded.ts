import type { EvidenceView } from '@edirae/school';

type Aid = EvidenceView['aid'];
type Place = EvidenceView['place'];

export function aidInWords(aid: Aid): string {
  switch (aid) {
    case 'none':
      return 'unaided';
    case 'hint-1':
      return 'one hint';
    case 'hint-2':
      return 'two hints';
    case 'hint-3':
      return 'three hints';
    case 'mentor':
      return 'with the mentor';
    case 'solution':
      return 'solution shown';
  }
}

export function placeInWords(place: Place): string {
  return place;
}

export function outcomeInWords(outcome: EvidenceView['outcome'], aid: Aid): string {
  const word = outcome === 'correct' ? 'Right' : outcome === 'skipped' ? 'Not known yet' : 'Missed';
  return aid === 'none' ? word : `${word}, aided`;
}

/** The flat mark of one answer: proven only inside a check. */
export function markOf(row: Pick<EvidenceView, 'place' | 'outcome' | 'aid'>): 'y' | 'p' | 'a' | 'n' {
  if (row.outcome !== 'correct') return 'n';
  if (row.aid !== 'none') return 'a';
  return row.place === 'check' ? 'y' : 'p';
}
