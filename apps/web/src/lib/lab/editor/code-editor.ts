import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { inkHighlight, inkTheme } from './ink-theme.ts';
import type { LineMark } from './line-mark.ts';

export interface CodeEditorOptions {
  parent: HTMLElement;
  path: string;
  text: string;
  readOnly: boolean;
  /** The nonce of the page's policy: the editor writes its styles under it. */
  nonce: string;
  /** Id of what says how the editor is left with the keyboard. */
  describedBy: string;
  onChange: (text: string) => void;
}

/** One editor on the page, whatever file it shows. Each file keeps its own history of changes while the page is open. */
export interface CodeEditor {
  /** Shows another file, or the same with another text. */
  show(path: string, text: string, readOnly: boolean): void;
  /** Marks lines of the file that is shown, in place of those marked before. */
  mark(marks: readonly LineMark[]): void;
  focus(): void;
  destroy(): void;
}

/** Ctrl M opens the mentor and Ctrl Enter runs, on the whole page. Escape, then Tab, leaves the editor. */
const OF_THE_PAGE = new Set(['Ctrl-m', 'Mod-Enter']);
const keys = defaultKeymap.filter(({ key }) => key === undefined || !OF_THE_PAGE.has(key));

function languageOf(path: string): Extension {
  if (path.endsWith('.py')) return python();
  if (/\.m?ts$/.test(path)) return javascript({ typescript: true });
  return /\.m?js$/.test(path) ? javascript() : [];
}

/** Makes the editor and puts it into its parent. */
export function createCodeEditor(options: CodeEditorOptions): CodeEditor {
  const kept = new Map<string, EditorState>();
  const writable = new Compartment();
  let path = options.path;
  /** While a text is put in from outside, nobody is told that it changed. */
  let quiet = false;

  const stateOf = (text: string, readOnly: boolean): EditorState =>
    EditorState.create({
      doc: text,
      extensions: [
        extensionsOf(path, options),
        writable.of(EditorState.readOnly.of(readOnly)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) options.onChange(update.state.doc.toString());
        }),
      ],
    });

  const view = new EditorView({ parent: options.parent, state: stateOf(options.text, options.readOnly) });

  return {
    show(next, text, readOnly) {
      if (next !== path) {
        kept.set(path, view.state);
        path = next;
        view.setState(kept.get(next) ?? stateOf(text, readOnly));
      }
      quiet = true;
      // As one change: what was there before comes back with undo.
      if (view.state.doc.toString() !== text)
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
      if (view.state.readOnly !== readOnly)
        view.dispatch({ effects: writable.reconfigure(EditorState.readOnly.of(readOnly)) });
    },
    mark(marks) {
      const { doc } = view.state;
      const shown = marks.flatMap(({ line, message }) => {
        if (line < 1 || line > doc.lines) return [];
        const { from, to } = doc.line(line);
        return [{ from, to, severity: 'error' as const, message }];
      });
      view.dispatch(setDiagnostics(view.state, shown));
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function extensionsOf(path: string, { nonce, describedBy }: CodeEditorOptions): Extension {
  const isProse = path.endsWith('.md');
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({
      'aria-label': `Text of ${path}`,
      'aria-describedby': describedBy,
      // Focusable it is without; this says so to whoever looks for it.
      tabindex: '0',
      autocapitalize: isProse ? 'sentences' : 'off',
      autocorrect: 'off',
      spellcheck: isProse ? 'true' : 'false',
    }),
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    isProse ? EditorView.lineWrapping : [],
    indentUnit.of(path.endsWith('.py') ? '    ' : '  '),
    languageOf(path),
    syntaxHighlighting(inkHighlight),
    inkTheme,
    keymap.of([
      ...closeBracketsKeymap,
      ...keys,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      { key: 'Tab', run: indentMore, shift: indentLess },
    ]),
  ];
}
