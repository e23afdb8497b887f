/**
 * Most parts that a line may hold, in elements, fields and brackets. The harness sends no value of more than two million
 * parts; whoever writes on the channel by hand could otherwise have the grader build ten million lists out of 30 MiB.
 */
const MAX_PARTS = 2_500_000;
/** A shorter line cannot hold too many. */
const LONG = MAX_PARTS;

const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** Whether reading this line as JSON would cost more than any answer is worth. Looks at it once, builds nothing. */
export function isTooRich(line: string): boolean {
  if (line.length < LONG) return false;
  let parts = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === COMMA || code === BRACKET || code === BRACE) parts++;
  }
  return parts > MAX_PARTS;
}
