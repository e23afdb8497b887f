/**
 * Ways in which a text may carry words that its letters do not show. Each reading is looked through like the text itself; where a disguise
 * can only be meant to carry an answer (decoded, spelled, reversed), the reading says so in front, so that a bare number is seen too.
 */
export function readingsOf(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const readings = [plain, joinLetters(plain), ...decode(plain)];
  const words = spellNumbers(plain);
  if (words !== plain) readings.push(words);
  if (/\b(revers\w*|backwards?|mirror\w*|rückwärts|al revés|à l'envers)\b|наоборот|倒/iu.test(plain))
    for (const token of plain.match(/[\p{L}\p{N}.,]+/gu) ?? []) readings.push(announce(backwards(token)));
  return [...readings, backwards(plain), rotate(plain)];
}

const announce = (text: string): string => `The answer is ${text}`;
const backwards = (text: string): string => [...text].reverse().join('');

/** "3 2", "3-2" and "v-i-e-w": single characters with one sign between them are one word. */
function joinLetters(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{N}])(?:[\p{L}\p{N}] ?[-_·|/.,]? ?){3,}(?![\p{L}\p{N}])/gu, (run) =>
      /(?:^|[^\p{L}\p{N}])[\p{L}\p{N}]{2}/u.test(run) ? run : run.replace(/[^\p{L}\p{N}.]| /gu, ''),
    )
    .replace(/(?<!\d)\d(?:[-·| ]\d)+(?!\d)/g, (run) => run.replace(/\D/g, ''))
    .replace(/(?<=\d) ?\. ?(?=\d)/g, '.')
    .replace(/(?<=\d) (?=\d)/g, '');
}

/** What Base64 and hexadecimal stand for, where that is text. */
function decode(text: string): string[] {
  const base64 = (text.match(/[A-Za-z0-9+/_-]{4,}={0,2}/g) ?? []).map((token) =>
    Buffer.from(token, 'base64'),
  );
  const hex = (text.match(/(?:\b0x)?(?:[0-9a-f]{2}[\s:]?){3,}/gi) ?? []).map((token) =>
    Buffer.from(token.replace(/0x|[\s:]/gi, ''), 'hex'),
  );
  return [...base64, ...hex]
    .map((bytes) => bytes.toString('utf8'))
    .filter((decoded) => /^[\p{L}\p{N}\p{P}\p{S}\s]{2,}$/u.test(decoded) && !decoded.includes('\uFFFD'))
    .map(announce);
}

function rotate(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9 };
const NUMBER_WORD = [...ONES, ...TENS, ...Object.keys(SCALES)].join('|');
const NUMBER_WORDS = new RegExp(
  `\\b(?:${NUMBER_WORD})(?:[\\s-]+(?:and[\\s-]+)?(?:${NUMBER_WORD}))*(?:\\s+point(?:\\s+(?:${ONES.slice(0, 10).join('|')}))+)?\\b`,
  'gi',
);

/** "one hundred and twenty-eight point five" as 128.5. */
function spellNumbers(text: string): string {
  return text.replace(NUMBER_WORDS, (said) => {
    const [whole = '', fraction] = said.toLowerCase().split(/\s+point\s+/);
    let sum = 0;
    let part = 0;
    for (const word of whole.split(/[\s-]+/)) {
      const scale = SCALES[word];
      if (word === 'and') continue;
      if (scale === 100) part = Math.max(1, part) * 100;
      else if (scale !== undefined) {
        sum += Math.max(1, part) * scale;
        part = 0;
      } else part += ONES.includes(word) ? ONES.indexOf(word) : (TENS.indexOf(word) + 2) * 10;
    }
    const digits = fraction?.split(/\s+/).map((word) => ONES.indexOf(word));
    return `${sum + part}${digits ? `.${digits.join('')}` : ''}`;
  });
}
