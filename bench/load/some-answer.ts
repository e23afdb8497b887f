/** An item as the API gives it, as far as answering needs it. */
export interface Item {
  issueId: string;
  kind: string;
  options?: { id: string }[];
  left?: { id: string }[];
  right?: { id: string }[];
  blanks?: { id: string }[];
}

/** A readable answer of the item's kind: right or wrong by chance, it is graded and recorded all the same. */
export function someAnswer(item: Item, random: () => number): unknown {
  const options = item.options ?? [];
  const picked = options[Math.floor(random() * options.length)]?.id ?? '';
  switch (item.kind) {
    case 'choice':
      return picked;
    case 'multi':
      return [picked];
    case 'order':
      return options.map(({ id }) => id);
    case 'match':
      return Object.fromEntries((item.left ?? []).map(({ id }, i) => [id, item.right?.[i]?.id]));
    case 'cloze':
      return Object.fromEntries((item.blanks ?? []).map(({ id }) => [id, 'a']));
    case 'numeric':
      return '1';
    default:
      return 'a';
  }
}
