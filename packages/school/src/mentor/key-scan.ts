import type { Variant, VariantKey } from '@edirae/curriculum';
import { readingsOf } from './undisguise.ts';

/** Words that announce an answer, somewhere before it in the sentence. */
const ANSWER =
  /(?<![\p{L}])(answers?|solutions?|results?|keys?|correct|right|equals?|choose|pick|tick|option|called|termed|antwort\w*|lösung|ergebnis|richtig\w*|respuesta|correct[ao]s?|resultado|opción|réponse|résultat|bonne|risposta|corretta|resposta|certa|odpowiedź|antwoord|cevap|ответ\p{L}*|правильн\p{L}*|результат)(?![\p{L}])[^.\n]{0,60}$|(答案|正解|正确|결과|정답|結果)[^.\n]{0,20}$|[=≈→]\s*\**\s*$/iu;
/** Words that may: then the number has to be the last word of its sentence. */
const PERHAPS = /\b(is|are|gives?|gets?|yields?|makes?|about|to)\b[^.\n]{0,25}$|:\s*$/iu;
/** A number as people write it. */
const NUMBER = /[-−]?\d[\d,   _]*(?:\.\d+)?(?:[eE][-+]?\d+)?/gu;
/** A word of an option has to be so long, and an option of so many of them, to be known again in a text. */
const LEAST_WORDS = 4;

/**
 * Whether a text shows the answer of one of these items. It errs towards yes: what is held back costs a sentence, what is shown costs
 * the item. It runs here and not in the mentor, which is never given a key; and a whole answer is held back, not a word of it, because
 * a gap in the text would say where the answer stood. It reads through disguises (`undisguise.ts`), and knows that it cannot read them all:
 * "half of 32" stays unseen. That is bearable because nobody who speaks here was given the key: a model would have to solve the item itself,
 * and the answer is aided by then.
 */
export function createKeyScan(variants: readonly Variant[]): (text: string) => boolean {
  const scans = variants.map((variant) => scanFor(variant));
  return (text) => {
    const readings = [text, ...readingsOf(text)].map(bare);
    return scans.some((scan) => readings.some((reading) => scan(reading)));
  };
}

function scanFor({ key, prompt, given }: Variant): (text: string) => boolean {
  const told = `${prompt} ${Object.values(given)
    .map(({ value, unit }) => `${value} ${unit}`)
    .join(' ')}`;
  switch (key.kind) {
    case 'numeric':
      return (text) => showsNumber(text, key, told);
    case 'choice':
    case 'multi': {
      const right = key.options.filter((option) => option.correct);
      return (text) =>
        right.some((option) => showsText(text, option.text, told)) ||
        namesLetters(
          text,
          right.map(({ id }) => id),
        ) ||
        (right.length === 1 &&
          (namesPlace(text, key.options.findIndex(({ correct }) => correct) + 1) ||
            excludesOthers(
              text,
              key.options.filter(({ correct }) => !correct).map(({ id }) => id),
            )));
    }
    case 'order': {
      const texts = key.sequence.map((id) => key.options.find((option) => option.id === id)?.text ?? '');
      return (text) => namesLetters(text, key.sequence) || inOrder(text, texts);
    }
    case 'match':
      return (text) => {
        const shown = key.pairs.filter(
          ({ left, right }) =>
            sameLine(text, textOf(key.left, left), textOf(key.right, right)) || sideBySide(text, left, right),
        );
        return shown.length >= Math.min(2, key.pairs.length);
      };
    case 'cloze':
      return (text) =>
        key.blanks.some(({ accept }) => showsAccepted(text, accept, told)) ||
        fillsAll(
          text,
          key.blanks.map(({ accept }) => accept),
        );
    case 'short':
      return (text) => showsAccepted(text, key.accept, told);
  }
}

function textOf(choices: readonly { id: string; text: string }[], id: string): string {
  return choices.find((choice) => choice.id === id)?.text ?? '';
}

function showsNumber(text: string, key: Extract<VariantKey, { kind: 'numeric' }>, told: string): boolean {
  const { value, unit, tolerance } = key;
  const slack = Math.max(
    tolerance.kind === 'relative' ? Math.abs(value) * tolerance.amount : tolerance.amount,
    Math.abs(value) * 0.005,
  );
  const isGiven = numbersIn(told).some(({ number }) => Math.abs(number - value) <= Math.abs(value) * 0.001);
  return numbersIn(text).some(({ number, before, after }) => {
    const scaled = /^\s*(%|percent|per cent)/i.test(after) ? [number, number / 100] : [number];
    if (!scaled.some((one) => Math.abs(one - value) <= slack)) return false;
    if (ANSWER.test(before)) return true;
    if (PERHAPS.test(before) && /^\s*([.!?;,)]|$)/.test(after)) return true;
    if (isGiven) return false;
    const withUnit = unit !== '' && after.trimStart().toLowerCase().startsWith(unit.toLowerCase());
    return (
      withUnit ||
      String(Math.abs(number))
        .replace(/[.0]+$/, '')
        .replace('.', '').length >= 3 ||
      text.trim().length < 40
    );
  });
}

/** What may follow a number and make it larger: "× 10^3", "million". */
const SCALE =
  /^\s*(?:(?:×|x|\*|·)\s*10\s*\^?\s*\{?\(?\s*([-−]?\d+)|(thousand|tausend|mil|million|millionen|billion)(?!\p{L}))/iu;
const SCALES: Readonly<Record<string, number>> = {
  thousand: 1e3,
  tausend: 1e3,
  mil: 1e3,
  million: 1e6,
  millionen: 1e6,
  billion: 1e9,
};

function numbersIn(text: string): { number: number; before: string; after: string }[] {
  return [...text.matchAll(NUMBER)].flatMap((match) => {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - 80), match.index);
    const after = text.slice(end, end + 20);
    const [, power, word] = SCALE.exec(after) ?? [];
    const scale =
      power !== undefined ? 10 ** Number(power.replace('−', '-')) : (SCALES[word?.toLowerCase() ?? ''] ?? 1);
    return [...valuesOf(match[0])].flatMap((number) =>
      [...new Set([1, scale])].map((times) => ({ number: number * times, before, after })),
    );
  });
}

/** "1,152" is a thousand to some and one and a bit to others; both are meant. */
function valuesOf(written: string): Set<number> {
  const text = written
    .replace('−', '-')
    .replace(/[   _]/gu, '')
    .replace(/,+$/, '');
  const readings = [text.replaceAll(',', '')];
  if (/^-?\d+,\d+$/.test(text)) readings.push(text.replace(',', '.'));
  if (/^-?\d{1,3}(\.\d{3})+$/.test(text)) readings.push(text.replaceAll('.', ''));
  return new Set(readings.map(Number).filter((number) => Number.isFinite(number)));
}

const simple = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The text itself, or most of its words in order; a short one only where an answer is announced. */
function showsText(text: string, wanted: string, told: string): boolean {
  // The text comes without its quotes; what is looked for in it has to lose them too.
  const words = simple(bare(wanted)).split(' ');
  const isThere = simple(text).includes(words.join(' '));
  if (words.length >= LEAST_WORDS) return isThere || opening(text, words) || squeezed(text, words);
  // What the question names too, as "(2, 2)" or "Query 1", is told only where an answer is announced right before it.
  const isNew = !simple(told).includes(words.join(' '));
  return isThere && announced(text, wanted, isNew ? ANSWER : CERTAIN);
}

/** The first words of an option tell it apart: "FP8 cache: a sequence then …". */
function opening(text: string, words: readonly string[]): boolean {
  const begin = words.slice(0, Math.max(LEAST_WORDS, Math.ceil(words.length / 2))).join(' ');
  return simple(text).includes(begin);
}

/** Shorter beginnings than this may stand in any text once its spaces are gone. */
const LEAST_SQUEEZED = 16;

/** The same with whatever stands between the letters left out: "H o l d   i t". */
function squeezed(text: string, words: readonly string[]): boolean {
  const begin = words.slice(0, Math.max(LEAST_WORDS, Math.ceil(words.length / 2))).join('');
  return begin.length >= LEAST_SQUEEZED && simple(text).replaceAll(' ', '').includes(begin);
}

/** Without the signs that only typography or JSON adds. */
function bare(text: string): string {
  return text.replace(/[*_`~"'[\]{}]/g, '').replace(/\\[nrt]/g, ' ');
}

/** "The answer is", right before it. */
const CERTAIN = /\b(answers?|solutions?|results?|correct|right)\b[^.\n]{0,20}$/iu;

function announced(text: string, wanted: string, by: RegExp = ANSWER): boolean {
  const words = simple(bare(wanted)).split(' ');
  // However it is spaced and punctuated: "32, 8, 64" and "32 8 64" are one shape.
  const spelled = new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`, 'giu');
  return [...text.matchAll(spelled)].some(
    ({ index }) =>
      by.test(text.slice(Math.max(0, index - 80), index)) || text.trim().length < wanted.length + 12,
  );
}

/** All blanks filled, close together. */
function fillsAll(text: string, blanks: readonly (readonly string[])[]): boolean {
  if (blanks.length < 2) return false;
  return text.split(/\n\n/).some((part) => {
    const plain = ` ${simple(part)} `;
    return (
      part.length < 200 && blanks.every((accept) => accept.some((one) => plain.includes(` ${simple(one)} `)))
    );
  });
}

function showsAccepted(text: string, accept: readonly string[], told: string): boolean {
  return accept.some((one) => {
    const words = simple(one);
    if (!` ${simple(text)} `.includes(` ${words} `)) return false;
    // "decode" may stand in the question; "the answer is decode" does not.
    const isNew = words.split(' ').length >= LEAST_WORDS || !simple(told).includes(words);
    return announced(text, one, isNew ? ANSWER : CERTAIN);
  });
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** "the second option", "option number 2". */
function namesPlace(text: string, place: number): boolean {
  const ordinal = ORDINALS[place - 1] ?? 'last';
  return new RegExp(
    `\\b(?:${ordinal}|${place}(?:st|nd|rd|th))\\s+(?:option|choice|answer|one)\\b|\\b(?:option|choice|answer)\\s+(?:number|no\\.?|#)\\s*${place}\\b`,
    'iu',
  ).test(text);
}

/** "It is not a, not c and not d." */
function excludesOthers(text: string, wrong: readonly string[]): boolean {
  if (wrong.length < 2) return false;
  const excluded = [...text.matchAll(/\b(?:not|neither|nor|except)\s+(?:option\s+)?([a-h])\b/giu)].map(
    ([, id = '']) => id.toLowerCase(),
  );
  return wrong.every((id) => excluded.includes(id.toLowerCase()));
}

/** "the answer is B", "options a and c", "order: b, d, a, c". */
function namesLetters(text: string, ids: readonly string[]): boolean {
  const letters = ids.map((id) => id.toLowerCase());
  const lists = [
    ...text.matchAll(
      /(?:(?<!\p{L})(?:answers?|options?|choices?|choose|pick|select|tick|mark|take|correct|letters?|order|sequence|is|are|antwort\w*|richtig\w*|respuesta|opción|correcta|réponse|bonne|risposta|corretta|resposta|ответ\p{L}*|правильн\p{L}*)(?!\p{L})[^\n.]{0,25}?[\s:("']|(?:答案|正解|정답)[是:：\s은는]*)((?:[a-h](?![\p{L}\p{N}])[\s,;&>→and-]*)+)/giu,
    ),
  ];
  return lists.some((match) => {
    const named = (match[1] ?? '').toLowerCase().match(/\b[a-h]\b/g) ?? [];
    return named.length === letters.length && named.every((letter, i) => letter === letters[i]);
  });
}

function inOrder(text: string, steps: readonly string[]): boolean {
  const plain = simple(text);
  const at = steps.map((step) => plain.indexOf(simple(step)));
  return at.every((place, i) => place !== -1 && (i === 0 || place > (at[i - 1] as number)));
}

/** The pair by its ids, as the API names them: `l-b: r-a`. */
function sideBySide(text: string, left: string, right: string): boolean {
  const words = text.toLowerCase().match(/[a-z0-9-]+/g) ?? [];
  return words.some((word, i) => word === left && words.slice(i + 1, i + 3).includes(right));
}

function sameLine(text: string, left: string, right: string): boolean {
  return text
    .split('\n')
    .some((line) => simple(line).includes(simple(left)) && simple(line).includes(simple(right)));
}
