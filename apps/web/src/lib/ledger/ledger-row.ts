import type { LedgerView } from '@edirae/school';

type Event = LedgerView['events'][number];

export interface LedgerRow {
  seq: number;
  at: number;
  kind: string;
  skill: string | null;
  help: string;
  result: string;
  prev: string;
  hash: string;
}

const kinds: Record<string, string> = {
  'learner-created': 'begun',
  'estimator-adopted': 'model changed',
  'goal-set': 'goal',
  'track-edited': 'plan changed',
  'placement-started': 'placement',
  'placement-ended': 'placement',
  'skills-placed': 'placed',
  'skills-opened': 'opened',
  'item-issued': 'item shown',
  'issue-voided': 'item voided',
  'aid-given': 'help',
  attempt: 'answer',
  'check-started': 'check',
  'check-ended': 'check',
  'stop-without-mastery': 'stop',
  retained: 'retained',
  'lab-aid': 'help with a lab',
  'lab-graded': 'lab',
  'explain-started': 'explaining',
  'explain-ended': 'explaining',
  applied: 'applied',
  'dispute-opened': 'dispute',
  'item-retracted': 'correction',
  waiver: 'waiver',
  'account-claimed': 'account',
  adopted: 'brought along',
  'clock-shifted': 'clock shifted',
};

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
function word(body: unknown, name: string): string {
  const value = field(body, name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A ledger row as a person reads it; the whole row is in the export. */
export function toLedgerRow(
  { seq, at, type, body, prev, hash }: Event,
  titles: ReadonlyMap<string, string>,
): LedgerRow {
  const skill = word(body, 'skill');
  const place = word(body, 'place');
  return {
    seq,
    at,
    kind: type === 'attempt' && place ? place : (kinds[type] ?? type),
    skill: skill ? (titles.get(skill) ?? skill) : null,
    help: type === 'attempt' ? aid(word(body, 'aid')) : type === 'aid-given' ? aid(word(body, 'aid')) : '–',
    result: resultOf(type, body),
    prev,
    hash,
  };
}

function aid(value: string): string {
  return value === 'none' ? 'unaided' : value.replace(/^hint-/, 'hint ');
}

function resultOf(type: string, body: unknown): string {
  switch (type) {
    case 'attempt':
      // A placement tells no verdict while it runs, and the row does not either.
      return word(body, 'place') === 'placement'
        ? 'recorded'
        : ({ correct: 'correct', incorrect: 'missed', skipped: 'not known yet' }[word(body, 'outcome')] ??
            '–');
    case 'estimator-adopted':
      return word(body, 'estimator');
    case 'check-started':
      return 'begun';
    case 'check-ended':
      return word(body, 'outcome').replace('-', ' ');
    case 'placement-started':
      return 'begun';
    case 'placement-ended':
      return `ended, ${word(body, 'asked')} asked`;
    case 'skills-placed':
    case 'skills-opened': {
      const skills = field(body, 'skills');
      const n = Array.isArray(skills) ? skills.length : 0;
      return `${n} ${n === 1 ? 'skill' : 'skills'}`;
    }
    case 'lab-graded':
      return `${word(body, 'lab')}: ${word(body, 'status')}`;
    case 'explain-ended':
      return `${word(body, 'lab')}: ${word(body, 'right')} of ${word(body, 'of')} right`;
    case 'explain-started':
    case 'applied':
      return word(body, 'lab');
    case 'lab-aid':
      return `${word(body, 'lab')}: ${word(body, 'aid')}`;
    default:
      return '–';
  }
}
