const SIGNS: Record<string, string> = {
  cdot: '·',
  times: '×',
  sum: '∑',
  sqrt: '√',
  approx: '≈',
  le: '≤',
  ge: '≥',
  dots: '…',
  lceil: '⌈',
  rceil: '⌉',
  lfloor: '⌊',
  rfloor: '⌋',
  lVert: '‖',
  rVert: '‖',
};

/** Commands that only set their argument, or space. */
const SETTING = new Set(['text', 'mathrm', 'left', 'right', 'qquad', 'quad', 'bar']);

/** A TeX formula as a line of text: signs as signs, other commands by their names, no braces. */
export function plainFormula(tex: string): string {
  let line = tex;
  // Fractions and roots may lie within each other: the innermost first. Every pass takes one command away.
  for (let before = ''; before !== line;) {
    before = line;
    line = line
      .replace(/\\(?:text|mathrm|bar)\s*\{([^{}]*)\}/g, '$1')
      .replace(/\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '($1)/($2)')
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, '√($1)')
      .replace(/([_^])\{([^{}]*)\}/g, '$1$2');
  }
  return line
    .replace(/\\(sum|min|max)_/g, '\\$1 ')
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => SIGNS[name] ?? (SETTING.has(name) ? ' ' : name))
    .replace(/\\([%#&_$])/g, '$1')
    .replace(/\\[^A-Za-z]/g, ' ')
    .replace(/[{}]/g, '');
}
