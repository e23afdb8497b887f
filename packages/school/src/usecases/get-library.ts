import { emptyState, isOpen, isRefreshDue, stateOf } from '@edirae/engine';
import { z } from 'zod';
import { contentDeckId } from '../cards/content-cards.ts';
import { kindOf, LIBRARY_KINDS, type LibraryEntry, type LibraryKind } from '../library/library-entry.ts';
import { toResourceView } from '../library/resource-view.ts';
import { readSettled } from '../present/read-settled.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import { getCardLibrary, type CardLibrary } from './get-card-library.ts';

/** What is wanted of the library; what is not understood is ignored. */
export const libraryAsked = z.object({
  kinds: z
    .array(z.enum(LIBRARY_KINDS).nullable().catch(null))
    .transform((kinds) => kinds.filter((kind) => kind !== null)),
  show: z.enum(['all', 'track', 'due']).catch('all'),
  module: z.string().optional().catch(undefined),
  order: z.enum(['next', 'short', 'title']).catch('next'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});

export type LibraryAsked = z.infer<typeof libraryAsked>;

export interface LibraryView {
  asked: LibraryAsked;
  /** One page. */
  entries: LibraryEntry[];
  total: number;
  pages: number;
  /** Place of the first one shown, from 1. */
  from: number;
  /** How many of each kind there are, whatever else is asked. */
  kinds: { kind: LibraryKind; count: number }[];
  modules: { id: string; number: number; title: string }[];
  /** Skills and cards due for review, and when the next skill falls due; null for a visitor. */
  reviews: { skills: number; nextAt: number | null; cards: number } | null;
  /** Resources that the learner keeps something about and that moved or were retired since. */
  changed: { url: string; title: string; moved: boolean }[];
  /** Notes and bookmarks on lessons. */
  notes: number;
}

const PAGE = 10;

/** Longest quiz that is counted: what a quiz has when nobody chooses. */
const USUAL_QUIZ = 8;

/** About how long a question takes with its feedback. A guess that is said to be one. Minutes. */
const MINUTES_A_QUESTION = 1.5;

/** The same for a card. */
const MINUTES_A_CARD = 0.25;

/** All there is to use beside the track. @param learnerId null for a visitor */
export async function getLibrary(
  school: School,
  learnerId: string | null,
  asked: LibraryAsked,
): Promise<LibraryView> {
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const marks = new Map(((await reader?.store.listResourceMarks()) ?? []).map((mark) => [mark.url, mark]));
  const resources = school.curriculum.resources.map((resource) => toResourceView(school, resource, marks));
  const cards = learnerId === null ? null : await getCardLibrary(school, learnerId);
  const all = [
    ...listSkillQuizzes(school, reader),
    ...listDecks(school, reader, cards),
    ...(await listLabEntries(school, reader)),
  ];
  for (const one of resources) {
    const entry = toEntry(
      school,
      reader,
      one.skills.map(({ id }) => id),
      {
        kind: kindOf(one.type),
        type: one.type,
        id: one.url,
        title: one.title,
        detail: [one.by, one.checkedOn === null ? '' : `checked ${one.checkedOn}`].filter(Boolean).join(', '),
        minutes: one.minutes,
      },
    );
    if (entry && one.retired === null) all.push(entry);
  }
  const fits = all.filter(
    (entry) =>
      (asked.kinds.length === 0 || asked.kinds.includes(entry.kind)) &&
      (asked.module === undefined || entry.modules.includes(asked.module)) &&
      (asked.show === 'all' || (asked.show === 'track' ? entry.onTrack : entry.skill.refreshDue)),
  );
  const sorted = sort(fits, asked.order, reader?.state.goal?.skills ?? []);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const page = Math.min(asked.page, pages);
  return {
    asked: { ...asked, page },
    entries: sorted.slice((page - 1) * PAGE, page * PAGE),
    total: sorted.length,
    pages,
    from: sorted.length === 0 ? 0 : (page - 1) * PAGE + 1,
    kinds: LIBRARY_KINDS.map((kind) => ({ kind, count: all.filter((entry) => entry.kind === kind).length })),
    modules: school.curriculum.modules.map(({ id, number, title }) => ({ id, number, title })),
    reviews: reader
      ? { ...reviewsDue(school.graph, reader.state, reader.now), cards: cards?.due ?? 0 }
      : null,
    changed: resources
      .filter((one) => one.moved || (one.retired !== null && (one.saved || one.note !== '')))
      .map(({ url, title, moved }) => ({ url, title, moved })),
    notes: reader ? await reader.store.notes.count() : 0,
  };
}

function listSkillQuizzes(school: School, reader: LearnerReader | null): LibraryEntry[] {
  return [...school.curriculum.skills.values()].flatMap((skill) => {
    if (skill.status !== 'written' || skill.families.length === 0) return [];
    const questions = Math.min(USUAL_QUIZ, skill.families.length);
    const entry = toEntry(school, reader, [skill.id], {
      kind: 'quiz',
      type: null,
      id: skill.id,
      title: skill.title,
      detail: `${questions} ${questions === 1 ? 'question' : 'questions'}, new numbers each time`,
      minutes: Math.ceil(questions * MINUTES_A_QUESTION),
    });
    return entry ?? [];
  });
}

/** The content's decks; those of the learner's own stand on the page of cards. */
function listDecks(school: School, reader: LearnerReader | null, cards: CardLibrary | null): LibraryEntry[] {
  const rows = new Map(cards?.modules.flatMap(({ decks }) => decks.map((deck) => [deck.id, deck])));
  return [...school.curriculum.skills.values()].flatMap((skill) => {
    if (skill.status !== 'written' || skill.cards.length === 0) return [];
    const id = contentDeckId(skill.id);
    const due = rows.get(id)?.due ?? 0;
    return (
      toEntry(school, reader, [skill.id], {
        kind: 'deck',
        type: null,
        id,
        title: `${skill.title}, ${skill.cards.length} ${skill.cards.length === 1 ? 'card' : 'cards'}`,
        detail: due > 0 ? `${due} due today` : 'What to know by heart',
        minutes: due > 0 ? Math.ceil(due * MINUTES_A_CARD) : null,
      }) ?? []
    );
  });
}

async function listLabEntries(school: School, reader: LearnerReader | null): Promise<LibraryEntry[]> {
  const skillsOf = new Map(school.curriculum.labs.map(({ id, skills }) => [id, skills]));
  const languages = { py: 'Python', ts: 'TypeScript' };
  return (await school.labs.list()).flatMap(
    ({ lab }) =>
      toEntry(school, reader, skillsOf.get(lab.id) ?? [], {
        kind: 'lab',
        type: null,
        id: lab.id,
        title: lab.title,
        detail: lab.languages.map((language) => languages[language]).join(' or '),
        minutes: lab.minutes,
      }) ?? [],
  );
}

/** With the state of the first of its skills that is on the track, else of the first. */
function toEntry(
  school: School,
  reader: LearnerReader | null,
  skills: readonly string[],
  entry: Pick<LibraryEntry, 'kind' | 'type' | 'id' | 'title' | 'detail' | 'minutes'>,
): LibraryEntry | null {
  const state = reader?.state ?? emptyState();
  const track = state.goal?.skills ?? [];
  const known = skills.filter((id) => school.curriculum.skills.has(id));
  const first = known.find((id) => track.includes(id)) ?? known[0];
  if (first === undefined) return null;
  const record = state.skills[first];
  return {
    ...entry,
    modules: [...new Set(known.flatMap((id) => school.curriculum.skills.get(id)?.module ?? []))],
    skill: {
      id: first,
      state: stateOf(record),
      open: isOpen(state, school.graph, first),
      refreshDue: record !== undefined && isRefreshDue(record, reader?.now ?? school.clock()),
    },
    onTrack: track.includes(first),
  };
}

/** Useful next: what is due, what is begun, then along the track; what is proven and fresh comes last. */
function sort(
  entries: readonly LibraryEntry[],
  order: LibraryAsked['order'],
  track: readonly string[],
): LibraryEntry[] {
  if (order === 'title') return entries.toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  if (order === 'short')
    return entries.toSorted((a, b) => (a.minutes ?? Number.MAX_VALUE) - (b.minutes ?? Number.MAX_VALUE));
  const rank = ({ skill: { refreshDue, state, open }, onTrack }: LibraryEntry): number => {
    if (refreshDue) return 0;
    if (state === 'practising') return 1;
    if (state === 'new' && open) return onTrack ? 2 : 3;
    if (state === 'placed') return 4;
    return state === 'new' ? 6 : 5;
  };
  const place = new Map(track.map((id, n) => [id, n]));
  const on = ({ skill }: LibraryEntry): number => place.get(skill.id) ?? track.length;
  return entries.toSorted((a, b) => rank(a) - rank(b) || on(a) - on(b));
}
