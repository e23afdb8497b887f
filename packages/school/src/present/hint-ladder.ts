import { renderMarkdown } from '@edirae/curriculum';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import type { HintLadderView } from '../views.ts';

/** The hints taken so far; those not asked for stay on the server. */
export function hintLadder({ variant }: ShownIssue, taken: number): HintLadderView {
  return {
    total: variant.hints.length,
    shown: variant.hints.slice(0, taken).map((text, i) => ({ n: i + 1, text, html: renderMarkdown(text) })),
  };
}
