import { expect, it } from 'vitest';
import { toDataBlock } from './structured-data.ts';

it('cannot end the script element it stands in, and reads back the same', () => {
  const data = { a: '</script><script>alert(1)</script>', b: '<!-- -->', c: 'x \u2028 y & z' };
  const text = toDataBlock(data);
  expect(text).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(data);
});
