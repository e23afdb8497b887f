import { renderInline, renderMarkdown, toItem } from '@edirae/curriculum';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import type { ItemView, OptionView } from '../views.ts';

/**
 * An issue as a browser may see it. A review hides which skill it asks: the learner finds out by answering. HTML is made when it is read:
 * the API never does, and most texts are shown once.
 */
export function toItemView({
  facts,
  variant,
}: {
  facts: Pick<ShownIssue['facts'], 'issueId' | 'place' | 'skill'>;
  variant: ShownIssue['variant'];
}): ItemView {
  const item = toItem(variant);
  const unlabelled = facts.place === 'review';
  const withHtml = (choices: readonly { id: string; text: string }[]): OptionView[] =>
    choices.map(({ id, text }) => ({
      id,
      text,
      get html() {
        return renderInline(text);
      },
    }));
  const { options, left, right, ...rest } = item;
  return {
    ...rest,
    issueId: facts.issueId,
    skill: unlabelled ? null : facts.skill,
    title: unlabelled ? 'Review' : item.title,
    context: facts.place,
    get promptHtml() {
      return renderMarkdown(item.prompt);
    },
    ...(options ? { options: withHtml(options) } : {}),
    ...(left ? { left: withHtml(left) } : {}),
    ...(right ? { right: withHtml(right) } : {}),
    ...(variant.key.kind === 'numeric' ? { tolerance: toleranceInWords(variant.key.tolerance) } : {}),
  };
}

function toleranceInWords(tolerance: { kind: 'relative' | 'absolute'; amount: number }): string {
  if (tolerance.amount === 0) return 'exact';
  return tolerance.kind === 'relative'
    ? `within ${Number((tolerance.amount * 100).toPrecision(3))}%`
    : `within ${tolerance.amount}`;
}
