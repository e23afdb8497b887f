import { areSame, checkFiles, sizeOf, type InvalidFiles } from '../labs/lab-files.ts';
import type { LabDraftRowView, LabDraftView } from '../labs/lab-views.ts';
import { toDraftRow } from '../labs/present-lab.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { LabFiles, LabLanguage, StoredDraft } from '../store/lab-drafts.ts';
import { readLearner } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

/** Work in progress, as a page or a program sends it. */
export interface LabDraft {
  lab: string;
  language: LabLanguage;
  files: LabFiles;
  /** The version that the sender last saw, 0 for none: another one here means another device wrote. Left out: write over it. */
  base?: number | undefined;
  /** Tells the learner's devices and tabs apart. */
  device?: string | undefined;
}

export type SaveLabDraft =
  | { outcome: 'saved'; draft: LabDraftRowView }
  /** Another device saved since. Neither is lost: what was sent is kept set aside. */
  | { outcome: 'conflict'; current: LabDraftView; yours: LabDraftRowView }
  | InvalidFiles
  | NotFound
  | RateLimited;

/** Saves of one device within this time, in milliseconds, become one row of the history. */
const STRETCH_MS = 3 * 60_000;

/** What is kept of the history of one lab in one language; beyond it the oldest goes. */
const KEPT = { versions: 60, bytes: 4 * 1024 * 1024 };

type Head = Omit<StoredDraft, 'files'>;

/** Keeps work in progress. What another device wrote meanwhile is never written over unknowingly. */
export async function saveLabDraft(
  school: School,
  learnerId: string,
  draft: LabDraft,
): Promise<SaveLabDraft> {
  const shelved = await school.labs.find(draft.lab);
  if (!shelved?.lab.languages.includes(draft.language)) return { outcome: 'not-found' };
  const invalid = checkFiles(draft.files);
  if (invalid) return invalid;
  const limited = await school.limiter.take('draft', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<SaveLabDraft> => {
    const rows = await tx.store.labs.listDrafts(draft.lab, draft.language);
    const head = rows.find((row) => !row.setAside);
    const current = head && (await tx.store.labs.findDraft(draft.lab, draft.language, head.version));
    if (current && areSame(current.files, draft.files))
      return { outcome: 'saved', draft: toDraftRow(current, current.version) };
    const device = draft.device?.slice(0, 64) ?? null;
    if (current && draft.base !== undefined && draft.base !== current.version) {
      const aside = await keep(school, tx, { ...draft, device, setAside: true }, rows);
      return {
        outcome: 'conflict',
        current: { ...toDraftRow(current, current.version), files: current.files },
        yours: toDraftRow(aside, current.version),
      };
    }
    const saved = await keep(school, tx, { ...draft, device, setAside: false }, rows);
    return { outcome: 'saved', draft: toDraftRow(saved, saved.version) };
  });
}

/** Makes an earlier version, another device's or the starter the current one: a new version, so that this too can be taken back. */
export async function restoreLabDraft(
  school: School,
  learnerId: string,
  asked: { lab: string; language: LabLanguage; version: number | 'starter' },
): Promise<{ outcome: 'saved'; draft: LabDraftView } | NotFound> {
  const { lab, language, version } = asked;
  const shelved = await school.labs.find(lab);
  if (!shelved?.lab.languages.includes(language)) return { outcome: 'not-found' };
  return actOn(
    school,
    learnerId,
    async (tx): Promise<{ outcome: 'saved'; draft: LabDraftView } | NotFound> => {
      const files =
        version === 'starter'
          ? shelved.starter[language]
          : (await tx.store.labs.findDraft(lab, language, version))?.files;
      if (files === undefined) return { outcome: 'not-found' };
      // Whoever chose has seen what else there was.
      await tx.store.labs.settleDrafts(lab, language);
      const rows = await tx.store.labs.listDrafts(lab, language);
      const saved = await write(school, tx, { lab, language, files, device: null, setAside: false }, rows);
      return { outcome: 'saved', draft: { ...toDraftRow(saved, saved.version), files } };
    },
  );
}

/** The versions of a learner's work, the newest first. */
export async function listLabDrafts(
  school: School,
  learnerId: string,
  { lab, language }: { lab: string; language: LabLanguage },
): Promise<{ outcome: 'drafts'; drafts: LabDraftRowView[] } | NotFound> {
  if (!(await school.labs.find(lab))) return { outcome: 'not-found' };
  const rows = await (await readLearner(school, learnerId)).store.labs.listDrafts(lab, language);
  const current = rows.find((row) => !row.setAside)?.version;
  return { outcome: 'drafts', drafts: rows.map((row) => toDraftRow(row, current)) };
}

/** One version with its files. */
export async function getLabDraft(
  school: School,
  learnerId: string,
  asked: { lab: string; language: LabLanguage; version: number },
): Promise<{ outcome: 'draft'; draft: LabDraftView } | NotFound> {
  const { store } = await readLearner(school, learnerId);
  const found = await store.labs.findDraft(asked.lab, asked.language, asked.version);
  if (!found) return { outcome: 'not-found' };
  const rows = await store.labs.listDrafts(asked.lab, asked.language);
  const current = rows.find((row) => !row.setAside)?.version;
  return { outcome: 'draft', draft: { ...toDraftRow(found, current), files: found.files } };
}

type NewDraft = Pick<StoredDraft, 'lab' | 'language' | 'files' | 'device' | 'setAside'>;

/** Over the device's own last row where it is of the same stretch of work, else as a new row. */
async function keep(
  school: School,
  tx: LearnerTransaction,
  draft: NewDraft,
  rows: readonly Head[],
): Promise<StoredDraft> {
  const own = draft.setAside
    ? rows.find((row) => row.setAside && row.device !== null && row.device === draft.device)
    : rows.find((row) => !row.setAside);
  const isSameStretch =
    own !== undefined &&
    own.device !== null &&
    own.device === draft.device &&
    (draft.setAside || tx.now - own.begunAt < STRETCH_MS);
  return write(school, tx, draft, rows, isSameStretch ? own : undefined);
}

async function write(
  school: School,
  tx: LearnerTransaction,
  draft: NewDraft,
  rows: readonly Head[],
  over?: Head,
): Promise<StoredDraft> {
  const { lab, language, files, device, setAside } = draft;
  const saved: StoredDraft = {
    id: over?.id ?? school.newId(),
    lab,
    language,
    version: (rows[0]?.version ?? 0) + 1,
    begunAt: over?.begunAt ?? tx.now,
    savedAt: tx.now,
    device,
    setAside,
    bytes: sizeOf(files),
    files,
  };
  await tx.store.labs.putDraft(saved);
  await tx.store.labs.deleteDrafts(tooMuch([saved, ...rows.filter((row) => row.id !== saved.id)]));
  return saved;
}

/** Ids of the oldest rows beyond what is kept. What nobody has looked at yet stays, and so does the current one. */
function tooMuch(rows: readonly Head[]): string[] {
  const current = rows.find((row) => !row.setAside);
  let bytes = 0;
  return rows.flatMap((row, index) => {
    bytes += row.bytes;
    const isKept = row === current || row.setAside || (index < KEPT.versions && bytes <= KEPT.bytes);
    return isKept ? [] : [row.id];
  });
}
