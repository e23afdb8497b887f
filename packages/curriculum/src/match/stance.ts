import { fold } from './words.ts';

/** What a part of a text is about: what is wanted, what the person is or knows already, what they do not want, or an order to the system. */
export type Stance = 'asked' | 'known' | 'refused' | 'order';

/** A stretch of the text as written. */
export interface Stretch {
  stance: Stance;
  from: number;
  to: number;
}

/** A statement ends with its clause, or where the next one begins. */
const END = String.raw`(?=[.!?;\n()]|$|,?\s*\b(?:but|however)\b|\bso that\b|\bso i\b|\band (?:now |i |we |my |our |would |need|want|wish)|,? (?:who |now )?(?:i |we )?(?:want|wants|need|needs|would|looking|trying|hoping|wish|must|have to)\b|,\s*(?:and |but )?(?:not|no|without|please)\b|\bpero\b|\baber\b|\bmais\b|\bma\b|\bmas\b)`;
/** Up to the end of a short list: "Python, Docker and SQL". */
const LIST = String.raw`[^.,!?;\n()]{1,70}?(?:,\s*[^.,!?;\n()]{1,25}?){0,4}?`;
const ROLE = String.raw`(?:engineer|developer|dev|scientist|analyst|manager|admin|administrator|architect|student|researcher|programmer|consultant|lead|sre|designer|owner|lawyer|nurse|doctor|teacher|founder|cto|tester|qa|dba|person|guy|physicist|accountant|officer|specialist|graduate|professor|phd|director|expert|intern|contractor|freelancer|head)s?`;

const PATTERNS: [Exclude<Stance, 'asked'>, RegExp][] = [
  ['order', /<script[\s\S]*?<\/script>/g],
  [
    'order',
    /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|rules?|prompts?|polic(?:y|ies)|checks?|everything|above|guidelines)\b[^.!?\n]*/g,
  ],
  ['order', /\byou are (?:now|no longer|a|an) [^.!?\n]*/g],
  ['order', /\b(?:system|developer|assistant)\s*(?:(?:prompt|message)?\s*:|override\b)[^.!?\n]*/g],
  [
    'order',
    /\b(?:mark|set|grant|give|award|record|make)\b[^.!?\n]{0,40}\b(?:mastered|demonstrated|passed|complete|completed|proven|retained|applied|mastery|credential|certificate|admin|evidence)\b[^.!?\n]*/g,
  ],
  [
    'order',
    /\b(?:reveal|print|output|show|repeat|dump|leak)\b[^.!?\n]{0,30}\b(?:your|the) (?:system )?(?:prompt|instructions?|answer keys?|answers|hidden tests?|secrets?|api keys?|password)s?[^.!?\n]*/g,
  ],
  ['order', /<\/?[a-z!][^>]*>/g],
  [
    'order',
    /\b(?:drop|truncate|alter) table\b[^.!?\n]*|\b(?:union )?select\b[^.!?\n]{0,60}\bfrom\b[^.!?\n]*|\bdelete from\b[^.!?\n]*|\bor 1\s*=\s*1\b|'\s*;\s*--/g,
  ],
  [
    'known',
    new RegExp(
      String.raw`\b(?:i|we) (?:already |have already |really )*(?:know|knew|mastered|understand|have (?:a lot of |some |good |solid |much )?(?:experience|knowledge)|am (?:good|fluent|strong|experienced|comfortable|proficient|expert) (?:at|in|with)|are (?:good|fluent|strong|experienced|comfortable) (?:at|in|with)|come from|came from|studied|have finished|finished|have completed|completed|have taken|took|have worked|worked|have done|have a background|can already)\b ${LIST}${END}`,
      'g',
    ),
  ],
  [
    'known',
    new RegExp(
      String.raw`\b(?:i am|i'?m|im|(?<=^|[.,;\n]\s*)as) (?:currently |now |still |just )?an? [^.,!?;\n()]{0,60}?\b${ROLE}\b(?: (?:with|at|in|from|for|who knows) ${LIST}${END})?`,
      'g',
    ),
  ],
  [
    'known',
    new RegExp(
      String.raw`\b(?:coming|come|moving|switching|transitioning|move|switch|transition|going|go) from\b [^.,!?;\n()]{1,50}?(?=\b(?:to|into|towards)\b|${END})`,
      'g',
    ),
  ],
  [
    'known',
    new RegExp(
      String.raw`\b(?:background|experience|experienced|expertise|degree|phd|years?|yrs?|yoe)(?: of| in| as| with| at| using| on)+(?: an?)? ${LIST}${END}`,
      'g',
    ),
  ],
  [
    'known',
    /^\s*(?:ex-|former |senior |junior |sr |jr )?[a-z/ -]{2,30}?\b(?:engineer|developer|dev|scientist|analyst|admin|sre|researcher|programmer|manager|lead|architect|cto|owner)\b(?: here|, (?=want|need|looking|trying|now|how|i )| (?=wants |needs |looking to|wanting to|who wants|trying to|moving)|\s*->|\s*→)/g,
  ],
  [
    'refused',
    new RegExp(
      String.raw`\b(?:do not|don'?t|dont|does not|doesn'?t|no) (?:really )?(?:want|need|care|wish|like|interest|interested|plan)(?: to (?:learn|know|do|study|train|touch|go|hear|see|deal with|read))?(?: about| for| in| any| the| into)* [^.,!?;\n()]{1,60}?${END}|\bnot (?:really )?(?:interested in|about|looking for|looking to|for) [^.,!?;\n()]{1,60}?${END}`,
      'g',
    ),
  ],
  [
    'refused',
    new RegExp(
      String.raw`(?:,(?: and)?| but|^|\() ?(?:not|no|without|skip|skipping|except|excluding|nothing about|nothing on|leave out|please no)(?: the| any| learning| doing| studying| into| all the)* [^.,!?;\n()]{1,40}?${END}`,
      'g',
    ),
  ],
  [
    'refused',
    /(?:^|[.,!?;\n(])[^.,!?;\n()]{1,40}? (?:is not|isn'?t|are not|aren'?t) (?:needed|necessary|required|of interest|interesting|my thing|for me)\b/g,
  ],
  [
    'refused',
    new RegExp(
      String.raw`\bwithout (?:learning|studying|going (?:deep )?into|doing|touching|training|(?:all )?the)(?: any| the| all| much)* (?:math|maths|theory|training|deep|kubernetes|ml|machine|coding|programming|model|backprop)[^.,!?;\n()]{0,40}?${END}`,
      'g',
    ),
  ],
];

/** A sentence that quotes an order because it wants to be safe from it. */
const ABOUT_ATTACKS =
  /\b(?:stop|prevent|protect|defend|block|detect|users?|customers?|people|attackers?|hackers?|someone|chat ?bot|bot|assistant|agent|safe|secure|trick(?:s|ed)?|jailbreak)\b/;

/** Stretches of the text that are not asked for, in its order; where two overlap, the first of the table counts. */
export function readStances(text: string): Stretch[] {
  const plain = foldKeepingLength(text);
  const found: Stretch[] = [];
  for (const [stance, pattern] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const from = match.index;
      // "drop table learners; <script>…": what another stretch begins within this one ends it.
      const next = found.filter((other) => other.from > from).map((other) => other.from);
      const to = Math.min(from + match[0].length, ...next);
      if (to === from || found.some((other) => from < other.to && other.from < to)) continue;
      if (
        stance === 'order' &&
        !match[0].startsWith('<') &&
        ABOUT_ATTACKS.test(sentenceAround(plain, from, to))
      )
        continue;
      found.push({ stance, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

function sentenceAround(text: string, from: number, to: number): string {
  const start = Math.max(text.lastIndexOf('.', from), text.lastIndexOf('\n', from)) + 1;
  const end = text.slice(to).search(/[.\n]/);
  return text.slice(start, from) + text.slice(to, end === -1 ? undefined : to + end);
}

/** Folded letter by letter, so that places in it are places in the text. */
function foldKeepingLength(text: string): string {
  return [...text]
    .map((letter) => {
      const folded = fold(letter);
      return folded.length === letter.length
        ? folded
        : letter.length === 1
          ? (folded[0] ?? ' ')
          : ' '.repeat(letter.length);
    })
    .join('');
}
