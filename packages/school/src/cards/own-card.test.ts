import { describe, expect, it } from 'vitest';
import { ownOrds, renderOwn } from './own-card.ts';

const cloze = (text: string, ord = 0, more = '') => renderOwn({ form: 'cloze', fields: [text, more] }, ord);

describe('a card written in Markdown', () => {
  it('asks one gap at a time and shows the others', () => {
    const text = 'Decode reads {{c1::every weight}} once a {{c2::token::unit}}.';
    expect(ownOrds('cloze', [text])).toEqual([0, 1]);
    expect(cloze(text).front).toContain('reads <strong>[…]</strong> once a token.');
    expect(cloze(text, 1).front).toContain('reads every weight once a <strong>[unit]</strong>.');
    expect(cloze(text, 1).back).toContain('<mark>token</mark>');
  });

  it('keeps formulas and code readable round a gap', () => {
    const formula = cloze('$$t = {{c1::W}} / B$$');
    expect(formula.front).toContain('<math');
    expect(formula.front).toContain('?');
    expect(formula.back).not.toMatch(/[\uE000-\uE003]/);
    expect(cloze('`k = {{c1::8}}`').front).toContain('<code>k = […]</code>');
    expect(cloze('`k = {{c1::8}}`').back).toContain('<code>k = 8</code>');
  });

  it('may be asked both ways', () => {
    expect(ownOrds('basic', ['a', 'b', 'both'])).toEqual([0, 1]);
    expect(ownOrds('basic', ['a', 'b'])).toEqual([0]);
    expect(renderOwn({ form: 'basic', fields: ['*a*', 'b'] }, 1)).toEqual({
      front: '<p>b</p>',
      back: '<p><em>a</em></p>',
    });
  });

  it('shows markup as the text it is', () => {
    const { front } = renderOwn({ form: 'basic', fields: ['<img src=x onerror=alert(1)>', ''] }, 0);
    expect(front).not.toContain('<img');
    expect(cloze('{{c1::<script>alert(1)</script>}}\uE002').back).not.toContain('<script');
  });
});
