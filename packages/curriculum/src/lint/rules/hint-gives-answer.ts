import { formatNumber } from '../../template/format-number.ts';
import type { Variant } from '../../items/variant.ts';
import type { LintRule } from '../rule.ts';
import { sampleVariants, spotOf } from '../sample-variants.ts';

/** No hint contains the answer: neither the number nor the words. */
export const hintGivesAnswer: LintRule = {
  name: 'hint-gives-answer',
  check({ skills, families, error, warning }) {
    for (const family of skills.flatMap(families)) {
      const variants = sampleVariants(family);
      const telling = variants.filter((variant) => findTelling(variant) !== undefined);
      // In a parametric family a hint's own example meets the drawn answer now and then; a habit is what counts.
      const first = telling[0];
      if (!first || (family.parametric && telling.length * 3 < variants.length)) continue;
      const shown = findTelling(first) ?? '';
      // A word that fills a blank may be the plain word for something else as well; a person decides.
      const report = family.kind === 'cloze' ? warning : error;
      report(
        family.file,
        [...spotOf(family, first), 'hints'],
        `a hint contains the answer “${shown.slice(0, 60)}”; help without saying it`,
      );
    }
  },
};

function findTelling(variant: Variant): string | undefined {
  const texts = keyTexts(variant);
  const prompt = variant.prompt.toLowerCase();
  return texts.find((text) => {
    const sought = text.toLowerCase();
    return !contains(prompt, sought) && variant.hints.some((hint) => contains(hint.toLowerCase(), sought));
  });
}

/** As a whole: 16 is not in 160, nor key in monkey. */
function contains(text: string, sought: string): boolean {
  const escaped = sought.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}.,])${escaped}(?![\\p{L}\\p{N}]|[.,]\\d)`, 'u').test(text);
}

/** What would give the answer away, leaving out what is too short to mean anything by itself. */
function keyTexts({ key }: Variant): string[] {
  switch (key.kind) {
    case 'numeric': {
      const text = formatNumber(key.value);
      return text.replace(/\D/g, '').length >= 3 ? [text, String(key.value)] : [];
    }
    case 'choice':
    case 'multi':
      return key.options
        .filter((option) => option.correct && option.text.length >= 12)
        .map((option) => option.text);
    case 'cloze':
      return key.blanks.flatMap((blank) => blank.accept.filter((text) => text.length >= 6));
    case 'short':
      return key.accept.filter((text) => text.length >= 3);
    case 'order':
    case 'match':
      return [];
  }
}
