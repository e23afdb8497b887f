/** What the grader says of a failed test, taken apart where it compares two values. */
export interface Told {
  /** What came back, and where in the value; null where nothing was compared. */
  got: string | null;
  /** Where in the value, such as `[3].cost`; empty for the whole of it. */
  at: string;
  /** What was wanted at that place. */
  wanted: string;
  /** The message as it is. */
  message: string;
}

/** `step 2, limiter.next(0): expected "x" at [3].id, got null`, as `drive-test.ts` and `describe-value.ts` write it. */
export function readMessage(message: string): Told {
  const whole: Told = { got: null, at: '', wanted: '', message };
  const expected = message.indexOf(': expected ');
  const got = message.indexOf(', got ', expected);
  if (expected < 0 || got < 0) return whole;
  const wanted = message.slice(expected + ': expected '.length, got);
  const place = /^(.*) at ([.[].*)$/s.exec(wanted);
  return {
    got: message.slice(got + ', got '.length),
    at: place?.[2] ?? '',
    wanted: place?.[1] ?? wanted,
    message,
  };
}
