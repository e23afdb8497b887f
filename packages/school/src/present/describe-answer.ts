import type { Variant } from '@edirae/curriculum';

/** Made once: making one takes longer than all its numbers. */
const DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 9 });

/** An answer as its learner would say it; for results and verdicts. */
export function describeAnswer(variant: Variant, answer: unknown): string {
  if (answer === null || answer === undefined) return 'I don’t know yet';
  const { key } = variant;
  const nameOf = (choices: readonly { id: string; text: string }[], id: unknown) =>
    choices.find((choice) => choice.id === id)?.text ?? String(id);
  switch (key.kind) {
    case 'choice':
      return nameOf(key.options, answer);
    case 'multi':
      return Array.isArray(answer)
        ? answer.map((id) => nameOf(key.options, id)).join(' · ') || 'none of them'
        : String(answer);
    case 'order':
      return Array.isArray(answer) ? answer.map((id) => nameOf(key.options, id)).join(' → ') : String(answer);
    case 'match':
      return Object.entries(answer as Record<string, string>)
        .map(([left, right]) => `${nameOf(key.left, left)}: ${nameOf(key.right, right)}`)
        .join(' · ');
    case 'cloze':
      return Object.values(answer as Record<string, string>).join(' · ');
    case 'numeric': {
      const { value, unit } = answer as { value: number; unit: string };
      const digits =
        Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-4)
          ? value.toPrecision(6)
          : DIGITS.format(value);
      return unit ? `${digits} ${unit}` : digits;
    }
    case 'short':
      return String(answer);
  }
}
