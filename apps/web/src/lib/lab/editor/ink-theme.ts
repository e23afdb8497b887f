import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Code in ink: weight and slant tell parts apart, so that it reads the same in one colour. */
export const inkHighlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.modifier], fontWeight: '700' },
  { tag: [tags.comment, tags.docComment], color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--ink-2)' },
  { tag: [tags.heading], fontWeight: '700' },
  { tag: [tags.emphasis], fontStyle: 'italic' },
  { tag: [tags.strong], fontWeight: '700' },
  { tag: [tags.link], textDecoration: 'underline' },
  { tag: [tags.invalid], color: 'var(--miss)' },
]);

export const inkTheme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', fontSize: '0.9375rem', height: '100%' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: 'var(--s-4) 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--s-4)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': {
    backgroundColor: 'var(--sheet)',
    color: 'var(--ink-3)',
    border: '0',
    fontSize: '0.8125rem',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.5rem', padding: '0 0.5rem 0 0' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--recess) 55%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--ink) 22%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--recess)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--rule-strong)',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'transparent',
    color: 'var(--miss)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    backgroundColor: 'var(--miss-tint)',
    textDecoration: 'underline wavy var(--miss)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--sheet)',
    color: 'var(--ink)',
    border: '1px solid var(--rule-strong)',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--text-s)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--miss)' },
  '.cm-panels': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    fontFamily: 'var(--font-text)',
    borderColor: 'var(--rule)',
  },
  '.cm-panels input, .cm-panels button': { minHeight: '2rem' },
  '.cm-searchMatch': { backgroundColor: 'var(--due-tint)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--ink)' },
});
