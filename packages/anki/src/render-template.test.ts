import { describe, expect, it } from 'vitest';
import { clozeNumbers, fillCloze, parseCloze } from './cloze.ts';
import { mediaNames, renameMedia } from './media-names.ts';
import { cardOrds, renderTemplate, type TemplateInput } from './render-template.ts';

const input = (more: Partial<TemplateInput> & { front: string }): TemplateInput => ({
  back: '',
  fields: new Map([
    ['Front', 'Q'],
    ['Empty', '<br>'],
    ['Text', 'Reads {{c1::every {{c2::weight}}::what}} once'],
    ['Kanji', ' 漢字[かんじ]'],
  ]),
  cloze: false,
  ord: 0,
  tags: ['a'],
  deck: 'A::B',
  noteType: 'Basic',
  template: 'Card 1',
  ...more,
});
const front = (source: string, more: Partial<TemplateInput> = {}) =>
  renderTemplate(input({ front: source, ...more }), 'front');

describe('a template', () => {
  it.each([
    ['{{Front}} {{Nothing}}', 'Q '],
    ['{{#Front}}yes{{/Front}}{{^Front}}no{{/Front}}', 'yes'],
    ['{{#Empty}}yes{{/Empty}}{{^Empty}}no{{/Empty}}', 'no'],
    ['{{Deck}} {{Subdeck}} {{Tags}}', 'A::B B a'],
    ['{{furigana:Kanji}}', '<ruby>漢字<rt>かんじ</rt></ruby>'],
    ['{{text:Empty}}|{{type:Front}}|{{!note}}', '||'],
    ['{{#Front}}open', 'open'],
  ])('%s becomes %s', (source, html) => {
    expect(front(source)).toBe(html);
  });

  it('leaves out on the back what the front shows already', () => {
    const back = '{{FrontSide}}\n<hr id=answer>\n{{Front}}!';
    expect(renderTemplate(input({ front: '', back }), 'back').trim()).toBe('Q!');
  });

  it('opens one gap, with its hint, and fills the others', () => {
    expect(front('{{cloze:Text}}', { cloze: true })).toBe('Reads <strong>[what]</strong> once');
    expect(front('{{cloze:Text}}', { cloze: true, ord: 1 })).toBe('Reads every <strong>[…]</strong> once');
  });

  it('ends where it would grow without bound', () => {
    const fields = new Map([['Front', 'x'.repeat(100_000)]]);
    expect(front('{{Front}}'.repeat(1000), { fields }).length).toBeLessThanOrEqual(200_000);
  });
});

describe('gaps', () => {
  it('are counted once each, and text that does not close stays text', () => {
    expect(clozeNumbers('{{c2::a}} {{c1::b}} {{c2::c}} {{c0::d}}')).toEqual([1, 2]);
    expect(parseCloze('{{c1::never closed')).toEqual(['{{c1::never closed']);
    const marks = { gap: () => '_', answer: (inner: string) => inner };
    expect(fillCloze('{{c1::a}} {{c1::b}}', 1, 'front', marks)).toBe('_ _');
  });

  it('do not take long to read, however they are nested', () => {
    expect(clozeNumbers('{{c1::'.repeat(20_000))).toEqual([]);
  });

  it('and templates say which cards a note has', () => {
    const basic = { cloze: false, fields: ['F'], templates: [{ front: '{{F}}' }, { front: '{{F}}' }] };
    expect(cardOrds(basic, ['a'])).toEqual([0, 1]);
    expect(cardOrds({ ...basic, cloze: true }, ['{{c3::x}}'])).toEqual([2]);
  });
});

describe('media of a field', () => {
  it('are found by name, and renamed', () => {
    const html = '<img src="my%20cache.png"><img src=b.jpg>[sound:c.mp3]<img src="https://x.example/d.png">';
    expect(mediaNames(html)).toEqual(['my cache.png', 'b.jpg', 'c.mp3']);
    expect(mediaNames(renameMedia(html, 'my cache.png', 'n.png'))).toEqual(['n.png', 'b.jpg', 'c.mp3']);
  });
});
