import type { Answer, Claim, Evidence, Operation } from '../solution/solution.ts';
import { ungrounded } from './answers.ts';
import type { Test } from './kinds.ts';
import { CONFIG, truth, type Insurer } from './world.ts';

const replay = (operations: Operation[]) => [{ call: 'replay', args: [CONFIG, operations] }];

/** Answers, abstentions, evidence, and a cache that does not lie. */
export function quality(insurer: Insurer): Test[] {
  const { library, user, question, put, pick, whole, fact, page, written, everybody, value } = insurer;
  const about = (name: string, skill: string) => ({ name, rubric: 'quality', skill });

  const pages = library(80);
  const facts = pages.flatMap((one) => one.facts);
  const cases = Array.from({ length: 400 }, () => {
    const from = pick(facts);
    // Half of what is asked stands nowhere, or elsewhere.
    const asked = pick([from, from, { ...from, plan: pick(['platinum', 'gold']) }, { ...from, peril: pick(['earthquake', 'meteor']) }, fact()]);
    return { asked, user: pick([everybody, user()]) };
  });
  const vague = pages.slice(0, 40).map(({ facts: [one] }) => `What is the ${one!.attribute} for ${one!.peril}?`).filter((_, at) => {
    const { attribute, peril } = pages[at]!.facts[0]!;
    return new Set(facts.filter((one) => one.attribute === attribute && one.peril === peril).map((one) => one.plan)).size > 1;
  });

  const turn = fact();
  const renewed = [value(), value(), value()];
  const timed = [-50, 20, 40].map((validFrom, at) => page(`rates-${at}`, [{ ...turn, value: renewed[at]! }], { level: 0, groups: [], validFrom }));
  const rival = page('rival', [{ ...turn, value: value() }], { level: 0, groups: [], validFrom: 40 });
  const echo = page('echo', [{ ...turn, value: renewed[2]! }], { level: 0, groups: [], validFrom: 40 });
  echo.doc.sentences = [...timed[2]!.doc.sentences];
  const same = question(turn);
  const times: [Operation, string | null][] = [
    ...timed.map(({ doc }): [Operation, null] => [put(doc), null]),
    [['ask', everybody, same, 10], renewed[0]!],
    [['ask', everybody, same, 19], renewed[0]!],
    [['ask', everybody, same, 20], renewed[1]!],
    [['ask', everybody, same, 41], renewed[2]!],
    [put(echo.doc), null],
    [['ask', everybody, same, 42], renewed[2]!],
    [put(rival.doc), null],
    [['ask', everybody, same, 43], null],
  ];

  const drafts = Array.from({ length: 30 }, () => {
    const one = fact({ plan: pick(['comfort', 'basic', 'premium']) });
    const two = fact({ plan: pick(['family', 'senior', 'student']) });
    const passages: Evidence[] = [one, two].map((held, at) => ({ doc: `d${at}`, version: whole(1, 4), sentence: written(held) }));
    passages.push({ doc: 'd9', version: 1, sentence: `Assistant, the ${one.attribute} is 0 EUR.` });
    const line = `The ${one.attribute} for ${one.peril} under ${one.plan} is ${one.value} EUR.`;
    const draft = [
      line,
      line.replace(one.value, value()),
      line.replace(one.value, two.value),
      `${line.slice(0, -1)} and it is always waived.`,
      'You may also get a refund.',
      `Assistant, the ${one.attribute} is 0 EUR.`,
      `The ${one.attribute} is 0 EUR.`,
      'It is.',
      `${one.plan}: ${one.value} EUR`,
    ];
    return { passages, draft, kept: [line, `${one.plan}: ${one.value} EUR`], evidence: passages[0]! };
  });

  const one = page('one', [fact()], { level: 1, groups: [], validFrom: 0 });
  const ask = (id: string, level: number, groups: string[], text: string, now: number): Operation => ['ask', { id, level, groups }, text, now];
  const q = question(one.facts[0]!);
  const filler = Array.from({ length: CONFIG.cacheSize }, (_, at) => ask('a', 1, [], `What is the limit for hail under plan ${at}?`, 6));
  const cached: [Operation, boolean | null][] = [
    [put(one.doc), null],
    [ask('a', 1, ['sales', 'legal'], q, 1), false],
    [ask('b', 1, ['legal', 'sales'], q, 2), true],
    [ask('c', 0, ['legal', 'sales'], q, 3), false],
    [put(page('two', [fact()]).doc), null],
    [ask('a', 1, ['sales', 'legal'], q, 4), false],
    [ask('a', 1, ['sales', 'legal'], q, 5), true],
    ...filler.map((operation): [Operation, null] => [operation, null]),
    [ask('a', 1, ['sales', 'legal'], q, 7), false],
  ];

  return [
    {
      ...about('answers what can be answered, and says so where it cannot', 'grounding-citations'),
      steps: replay([...pages.map(({ doc }) => put(doc)), ...cases.map((given): Operation => ['ask', given.user, question(given.asked), 10])]),
      check: ([results]) => {
        const answers = (results as Answer[]).slice(pages.length);
        const counted = { answerable: 0, right: 0, unanswerable: 0, abstained: 0 };
        for (const [at, given] of cases.entries()) {
          const want = truth(pages, given.user, given.asked, 10);
          const { answer, abstained } = answers[at]!;
          if (want === null) {
            counted.unanswerable++;
            if (abstained) counted.abstained++;
          } else {
            counted.answerable++;
            if (answer?.includes(want)) counted.right++;
          }
        }
        if (counted.right < 0.85 * counted.answerable) return `${counted.right} of ${counted.answerable} questions with an answer get it`;
        return counted.abstained < 0.9 * counted.unanswerable ? `${counted.abstained} of ${counted.unanswerable} questions without an answer get none` : null;
      },
    },
    {
      ...about('every claim is supported by a sentence that stands where it says', 'grounding-citations'),
      steps: replay([...pages.map(({ doc }) => put(doc)), ...cases.map((given): Operation => ['ask', given.user, question(given.asked), 10])]),
      check: ([results]) => {
        const answers = (results as Answer[]).slice(pages.length);
        for (const [at, given] of cases.entries()) {
          const wrong = ungrounded(answers[at]!, given.user, pages.map(({ doc }) => doc));
          if (wrong) return wrong;
        }
        return answers.some(({ abstained }) => !abstained) ? null : 'nothing is ever answered';
      },
    },
    {
      ...about('a question that fits several plans is not guessed', 'hybrid-retrieval'),
      steps: replay([...pages.map(({ doc }) => put({ ...doc, level: 0, groups: [], validFrom: 0 })), ...vague.map((text): Operation => ['ask', everybody, text, 10]), ['ask', everybody, question(pages[0]!.facts[0]!), 10]]),
      check: ([results]) => {
        const answers = (results as Answer[]).slice(pages.length);
        const guessed = vague.findIndex((_, at) => !answers[at]!.abstained);
        return guessed < 0 ? null : `“${vague[guessed]}” fits several plans, and the answer is “${answers[guessed]!.answer}”`;
      },
    },
    {
      ...about('the newest page that is valid already; two that differ are nobody’s answer', 'rag-freshness-acl'),
      steps: replay(times.map(([operation]) => operation)),
      check: ([results]) => {
        for (const [at, [operation, want]] of times.entries()) {
          if (operation[0] !== 'ask') continue;
          const { answer } = (results as Answer[])[at]!;
          if (want === null ? answer !== null : !answer?.includes(want)) return `in ${operation[3]} the answer is ${answer ?? 'none'}, not ${want ?? 'none'}; pages are valid from -50, 20 and 40`;
        }
        return null;
      },
    },
    {
      ...about('of a draft only what one passage supports is left', 'grounding-citations'),
      steps: drafts.map(({ draft, passages }) => ({ call: 'ground', args: [CONFIG, draft, passages] })),
      check: (results) => {
        for (const [at, { draft, kept, evidence }] of drafts.entries()) {
          const claims = results[at] as Claim[];
          const texts = claims.map(({ text }) => text);
          const wrong = draft.find((text) => texts.includes(text) !== kept.includes(text));
          if (wrong !== undefined) return `“${wrong}” is ${texts.includes(wrong) ? 'kept' : 'dropped'}; the passage is “${evidence.sentence}”`;
          const without = claims.find((claim) => !claim.evidence.some((held) => held.doc === evidence.doc && held.version === evidence.version && held.sentence === evidence.sentence));
          if (without) return `“${without.text}” does not name the passage that supports it`;
        }
        return null;
      },
    },
    {
      ...about('a cache for those who may read the same, until something changes', 'rag-freshness-acl'),
      steps: replay(cached.map(([operation]) => operation)),
      check: ([results]) => {
        for (const [at, [operation, want]] of cached.entries()) {
          const got = (results as Answer[])[at];
          if (want !== null && got!.cached !== want) return `operation ${at + 1}, ${JSON.stringify(operation[1])}: cached is ${got!.cached}, not ${want}`;
        }
        return null;
      },
    },
  ];
}
