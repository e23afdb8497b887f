import engineNotes from '../../../../../docs/engine.md?raw';

/** How often each rule let somebody through too early, where each wastes five items: shares as printed, "5.6%". */
export interface EqualWaste {
  set: string;
  ours: string;
  inARow: string;
  bkt: string;
}

/** What the sets are. */
const SETS: Readonly<Record<string, string>> = {
  assist09: 'ASSISTments 2009, school mathematics',
  assist15: 'ASSISTments 2015, school mathematics',
  statics: 'Statics, university engineering',
  algebra05s: 'Algebra 2005, school mathematics',
};

/** The figures as the benchmark wrote them into the documentation: they cannot differ from it. */
export const EQUAL_WASTE: readonly EqualWaste[] = readEqualWaste(engineNotes);

/** Reads the rows "FAR at waste 5" of the measured table. Empty where the table is not there. */
export function readEqualWaste(markdown: string): EqualWaste[] {
  const lines = markdown.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const row = (rule: string) => lines.find(([first]) => first === `FAR at waste 5: ${rule}`);
  const [ours, inARow, bkt] = [row('ours'), row('n in a row'), row('BKT')];
  const head = lines.find((cells) => cells[0] === '' && cells.slice(1).some((cell) => cell in SETS));
  if (!ours || !inARow || !bkt || !head) return [];
  return head.slice(1).flatMap((set, i) => {
    const [a, b, c] = [ours[i + 1], inARow[i + 1], bkt[i + 1]];
    return a && b && c ? [{ set: SETS[set] ?? set, ours: a, inARow: b, bkt: c }] : [];
  });
}

/** One rule as it stands, over three sets: false advances, and items answered beyond mastery. */
export interface RuleAsItStands {
  rule: string;
  statics: string;
  algebra: string;
  assist09: string;
}

/** Figures of the study that chose the rule: share let through too early / items beyond mastery. Held-out learners of three public sets. */
export const RULES_AS_THEY_STAND: readonly RuleAsItStands[] = [
  { rule: '3 in a row', statics: '6.4% / 3.2', algebra: '12.1% / 3.1', assist09: '20.3% / 3.0' },
  { rule: '5 in a row', statics: '6.2% / 6.5', algebra: '7.0% / 6.1', assist09: '13.7% / 6.9' },
  { rule: 'BKT ≥ .95', statics: '6.6% / 7.4', algebra: '8.0% / 5.9', assist09: '19.9% / 3.1' },
  {
    rule: '3 in a row and p ≥ .80, or 8 in a row',
    statics: '4.6% / 4.3',
    algebra: '5.8% / 4.8',
    assist09: '10.0% / 6.0',
  },
];
