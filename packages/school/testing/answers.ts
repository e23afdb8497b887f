import { gradeAnswer, parseAnswer, type Variant } from '@edirae/curriculum';
import { readLearner } from '../src/store/act-on.ts';
import type { School } from '../src/school.ts';

/** The right answer to a variant, from its key, in the form of the API. */
export function rightAnswer({ key }: Variant): unknown {
  switch (key.kind) {
    case 'choice':
      return key.options.find((option) => option.correct)?.id;
    case 'multi':
      return key.options.filter((option) => option.correct).map((option) => option.id);
    case 'numeric':
      return { value: key.value, unit: key.unit };
    case 'order':
      return key.sequence;
    case 'match':
      return Object.fromEntries(key.pairs.map(({ left, right }) => [left, right]));
    case 'cloze':
      return Object.fromEntries(key.blanks.map(({ id, accept }) => [id, accept[0]]));
    case 'short':
      return key.accept[0];
  }
}

/** A wrong answer, in the form of the API. */
export function wrongAnswer(variant: Variant): unknown {
  const { key } = variant;
  switch (key.kind) {
    case 'choice':
      return key.options.find((option) => !option.correct)?.id;
    case 'multi':
      return key.options.filter((option) => !option.correct).map((option) => option.id);
    case 'numeric':
      return { value: key.wrong[0]?.value ?? key.value * 7 + 1, unit: key.unit };
    case 'order':
      return [...key.sequence].reverse();
    case 'match':
      return Object.fromEntries(
        key.left.map(({ id }) => [id, nextId(key.right, key.pairs.find((pair) => pair.left === id)?.right)]),
      );
    case 'cloze':
      return Object.fromEntries(key.blanks.map(({ id }) => [id, 'nonsense']));
    case 'short':
      return 'nonsense';
  }
}

/** The answer to an issue of a learner, checked against the grader before it is used. */
export async function answerTo(
  school: School,
  learnerId: string,
  issueId: string,
  how: 'right' | 'wrong',
): Promise<unknown> {
  const { store } = await readLearner(school, learnerId);
  const issue = await store.findIssue(issueId);
  if (!issue) throw new Error(`No issue ${issueId}`);
  const answer = how === 'right' ? rightAnswer(issue.variant) : wrongAnswer(issue.variant);
  const parsed = parseAnswer(issue.variant, answer);
  if (!parsed.ok) throw new Error(`${issue.variant.family}: ${parsed.problem}`);
  if (gradeAnswer(issue.variant, parsed.answer).correct !== (how === 'right'))
    throw new Error(`${issue.variant.family} ${issue.variant.variant}: the ${how} answer is not ${how}`);
  return answer;
}

/** Some other choice than the given one. */
function nextId(choices: readonly { id: string }[], given: string | undefined): string | undefined {
  const at = choices.findIndex((choice) => choice.id === given);
  return choices[(at + 1) % choices.length]?.id;
}
