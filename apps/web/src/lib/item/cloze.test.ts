import { describe, expect, it } from 'vitest';
import { withBlanks, withGaps } from './cloze.ts';

const prompt = '<p>One [[first]] and one [[second]] per token, not [[other]].</p>';
const blanks = [{ id: 'first' }, { id: 'second' }];

describe('cloze prompts', () => {
  it('put a named field in place of each blank and leave the rest', () => {
    const html = withBlanks(prompt, blanks, {});
    expect(html.match(/<input/g)).toHaveLength(2);
    expect(html).toContain('name="blank-first" aria-label="Blank 1 of 2"');
    expect(html).toContain('[[other]]');
  });

  it('bring back what was typed without letting it become markup', () => {
    const html = withBlanks(prompt, blanks, { 'blank-first': ['"><script>x</script>'] });
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
    expect(html).not.toContain('<script>');
  });

  it('draw gaps once answered', () => {
    expect(withGaps(prompt)).not.toContain('[[');
  });
});
