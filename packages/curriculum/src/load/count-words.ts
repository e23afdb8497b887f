/**
 * Words of prose in a lesson: code, tables, formulas, figures and the fences of directives are left out.
 * It reads lines rather than a syntax tree, because it runs on every lesson each time the server starts.
 */
export function countWords(markdown: string): number {
  let words = 0;
  let fence: string | null = null;
  let formula = false;
  for (const raw of markdown.split('\n')) {
    const line = raw.trim();
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) {
      if (fence === null) fence = mark;
      else if (line.startsWith(fence)) fence = null;
      continue;
    }
    if (fence !== null) continue;
    if (line === '$$') {
      formula = !formula;
      continue;
    }
    if (formula || line.startsWith('|') || line.startsWith(':::') || /^!\[.*\)$/.test(line)) continue;
    words += wordsOf(line);
  }
  return words;
}

function wordsOf(line: string): number {
  const text = line
    .replace(/\$\$.*?\$\$/g, ' ')
    .replace(/`[^`]*`/g, ' code ')
    .replace(/\]\([^)]*\)/g, ' ');
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,/-]*/gu) ?? []).length;
}
