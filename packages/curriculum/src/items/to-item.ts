import type { Choice, PublicItem, Variant } from './variant.ts';

/** What a browser may see. Every field is named here: nothing is spread, so no key can slip through. */
export function toItem(variant: Variant): PublicItem {
  const item: PublicItem = {
    family: variant.family,
    familyVersion: variant.familyVersion,
    variant: variant.handle,
    kind: variant.kind,
    level: variant.level,
    title: variant.title,
    prompt: variant.prompt,
  };
  if (Object.keys(variant.given).length > 0) {
    item.given = Object.fromEntries(
      Object.entries(variant.given).map(([name, { label, value, unit }]) => [name, { label, value, unit }]),
    );
  }
  const { key } = variant;
  switch (key.kind) {
    case 'numeric':
      item.unit = key.unit;
      item.units = [...new Set([key.unit, ...key.accepts])];
      return item;
    case 'choice':
    case 'multi':
    case 'order':
      item.options = key.options.map(bare);
      return item;
    case 'match':
      item.left = key.left.map(bare);
      item.right = key.right.map(bare);
      return item;
    case 'cloze':
      item.blanks = key.blanks.map(({ id }) => ({ id }));
      return item;
    case 'short':
      return item;
  }
}

function bare({ id, text }: Choice): Choice {
  return { id, text };
}
