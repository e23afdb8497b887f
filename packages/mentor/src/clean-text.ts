/** Controls and format characters that hide or reorder what is read, except line breaks, tabs and the joiners that scripts need. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

/** Text as it may be stored and shown: no control, no bidirectional override, no invisible tag. Lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(HIDDEN, '');
}
