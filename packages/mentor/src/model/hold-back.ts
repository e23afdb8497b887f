/** A run of so many words of our own instructions in an answer is a repetition and no coincidence. */
const ECHO = 9;
/** The shape of a request, as a model that repeats what it was sent would print it. */
const REQUEST =
  /"role"\s*:\s*\\?"(system|tool|assistant|developer)|"(messages|tool_choice|stream_options)"\s*:|<material kind=/i;

/** Finds our own instructions in what a model says, however they are cut up or escaped. */
export function createEchoFinder(instructions: string): (text: string) => boolean {
  const known = new Set(runs(instructions));
  return (text) => REQUEST.test(text.replaceAll('\\"', '"')) || runs(text).some((run) => known.has(run));
}

function runs(text: string): string[] {
  const words =
    text
      .replace(/\\[nrt]/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(ECHO - 1).map((_, i) => words.slice(i, i + ECHO).join(' '));
}

/** Longest block that is held before it is shown. */
const LONGEST_BLOCK = 700;

/** Gathers a stream into blocks of Markdown that stand by themselves: a block can be judged as a whole, a token cannot. */
export class BlockBuffer {
  #held = '';

  /** Adds a piece and gives the blocks that are whole now. */
  add(piece: string): string[] {
    this.#held += piece;
    const blocks: string[] = [];
    for (let end = endOfBlock(this.#held); end > 0; end = endOfBlock(this.#held)) {
      blocks.push(this.#held.slice(0, end).trim());
      this.#held = this.#held.slice(end);
    }
    return blocks.filter((block) => block !== '');
  }

  /** What is left at the end. */
  rest(): string[] {
    const rest = this.#held.trim();
    this.#held = '';
    return rest === '' ? [] : [rest];
  }
}

/** Where the first block ends; 0 where it is not whole yet. Code between fences is one block. */
function endOfBlock(text: string): number {
  const blank = /\n[ \t]*\n/g;
  for (let match = blank.exec(text); match; match = blank.exec(text)) {
    const end = match.index + match[0].length;
    if (fencesIn(text.slice(0, end)) % 2 === 0 && text.slice(0, end).trim() !== '') return end;
  }
  if (text.length < LONGEST_BLOCK) return 0;
  if (fencesIn(text) % 2 === 1) return text.length > LONGEST_BLOCK * 8 ? text.length : 0;
  const sentence = text.slice(0, LONGEST_BLOCK).lastIndexOf('. ');
  return sentence > 80 ? sentence + 2 : LONGEST_BLOCK;
}

function fencesIn(text: string): number {
  return (text.match(/^\s*(```|~~~)/gm) ?? []).length;
}
