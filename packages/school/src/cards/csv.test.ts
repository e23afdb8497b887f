import { describe, expect, it } from 'vitest';
import { parseCsv, writeCsv } from './csv.ts';

describe('a table of cards in a spreadsheet', () => {
  const card = (front: string) => ({ front, back: 'back', tags: ['a'], deck: 'Deck' });

  it.each(['=HYPERLINK("http://x","y")', '@SUM(1)', '+1+cmd|x!A0', '-2+f(1)', "'=x"])(
    'shows %s as text, and reads it back as it was',
    (front) => {
      const table = writeCsv([card(front)]);
      expect(table.split('\n')[1]).toMatch(/^"?'/);
      expect(parseCsv(table)).toEqual([card(front)]);
    },
  );

  it.each(['-1', '- a list\n- of two', "don't", '+3 dB', "'quoted'"])('leaves %j as it is', (front) => {
    const table = writeCsv([card(front)]);
    expect(table).not.toContain(`'${front}`);
    expect(parseCsv(table)).toEqual([card(front)]);
  });
});
