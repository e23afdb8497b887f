/** Anki's packages and cards: read, written and turned into HTML. Knows nothing of Edirae. */
export { clozeNumbers, fillCloze, parseCloze } from './cloze.ts';
export type { ClozeMarks, ClozePart } from './cloze.ts';
export type { AnkiCard, AnkiCollection, AnkiGrade, AnkiNote, AnkiNoteType, Skipped } from './collection.ts';
export { PACKAGE_LIMITS, sayBytes } from './limits.ts';
export type { PackageLimits } from './limits.ts';
export { decodeName, mediaNames, renameMedia } from './media-names.ts';
export type { OutCard, OutGrade, OutNote, OutNoteType, OutPackage } from './out-package.ts';
export { PackageError } from './package-error.ts';
export { openPackage } from './read-package.ts';
export type { AnkiPackage, PackageMedia } from './read-package.ts';
export { cardOrds, renderTemplate } from './render-template.ts';
export type { TemplateInput } from './render-template.ts';
export { difficultyOf, easeOf } from './write-collection.ts';
export { writePackage } from './write-package.ts';
