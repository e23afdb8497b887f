import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Canvas, CanvasKit, Font, Paint, Typeface } from 'canvaskit-wasm';

/** What a link preview shows: a title, a sentence, and the four stages as dots, one for each skill. */
export interface Card {
  title: string;
  text: string;
  stages: { title: string; skills: number }[];
}

/** The size that link previews are cut from. */
export const CARD = { width: 1200, height: 630 } as const;

const MARGIN = 80;
const COLUMN = (CARD.width - 2 * MARGIN) / 4;
const DOT = { step: 19, radius: 6, inRow: 12 };

// Values of the light theme in src/lib/design/tokens.css: a picture has no theme.
const COLOURS = { paper: '#f4f7f1', ink: '#15201b', second: '#3d4a43', proven: '#08664f' };

const FONTS = {
  display: 'besley/files/besley-latin-wght-normal.woff2',
  italic: 'besley/files/besley-latin-wght-italic.woff2',
  text: 'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
};

interface Pen {
  kit: CanvasKit;
  canvas: Canvas;
  paint: Paint;
  faces: Record<keyof typeof FONTS, Typeface>;
}

/** Opens the drawing library with our fonts; the function it gives draws one card as a PNG. */
export async function openCardPress(): Promise<(card: Card) => Uint8Array> {
  const require = createRequire(import.meta.url);
  const start = require('canvaskit-wasm') as () => Promise<CanvasKit>;
  const kit = await start();
  const face = async (file: string): Promise<Typeface> => {
    const data = await readFile(require.resolve(`@fontsource-variable/${file}`));
    const typeface = kit.Typeface.MakeTypefaceFromData(new Uint8Array(data).buffer);
    if (!typeface) throw new Error(`The font ${file} cannot be read`);
    return typeface;
  };
  const faces = {
    display: await face(FONTS.display),
    italic: await face(FONTS.italic),
    text: await face(FONTS.text),
  };
  return (card) => {
    const surface = kit.MakeSurface(CARD.width, CARD.height);
    if (!surface) throw new Error('No surface to draw on');
    const paint = new kit.Paint();
    paint.setAntiAlias(true);
    drawCard({ kit, canvas: surface.getCanvas(), paint, faces }, card);
    surface.flush();
    const image = surface.makeImageSnapshot();
    const png = image.encodeToBytes();
    image.delete();
    paint.delete();
    surface.delete();
    if (!png) throw new Error('The picture cannot be encoded');
    return png;
  };
}

function drawCard(pen: Pen, card: Card): void {
  const { kit, canvas, faces } = pen;
  canvas.clear(kit.parseColorString(COLOURS.paper));
  drawMark(pen, MARGIN + 24, 92);
  write(pen, 'Edirae', font(pen, faces.display, 34), MARGIN + 62, 104, COLOURS.ink);
  const title = font(pen, faces.display, 68);
  let y = 200;
  for (const line of wrap(card.title, title, CARD.width - 2 * MARGIN).slice(0, 2)) {
    write(pen, line, title, MARGIN, y, COLOURS.ink);
    y += 76;
  }
  const text = font(pen, faces.text, 30);
  y -= 12;
  for (const line of wrap(card.text, text, 940).slice(0, 3)) {
    write(pen, line, text, MARGIN, y, COLOURS.second);
    y += 42;
  }
  drawStages(pen, card);
  const motto = font(pen, faces.italic, 28);
  const words = 'Proof before pace';
  write(pen, words, motto, CARD.width - MARGIN - widthOf(words, motto), 104, COLOURS.ink);
}

function drawStages(pen: Pen, { stages }: Card): void {
  const { kit, canvas, paint, faces } = pen;
  const top = 416;
  paint.setColor(kit.parseColorString(COLOURS.ink));
  canvas.drawRect(kit.XYWHRect(MARGIN, top - 12, CARD.width - 2 * MARGIN, 2), paint);
  const label = font(pen, faces.italic, 22);
  for (const [n, stage] of stages.slice(0, 4).entries()) {
    const x = MARGIN + n * COLUMN;
    const lines = wrap(`${n + 1} ${stage.title}`, label, COLUMN - 24).slice(0, 2);
    for (const [i, line] of lines.entries()) write(pen, line, label, x, top + 24 + i * 26, COLOURS.ink);
    paint.setColor(kit.parseColorString(COLOURS.second));
    for (let dot = 0; dot < stage.skills; dot++) {
      const column = dot % DOT.inRow;
      const row = Math.floor(dot / DOT.inRow);
      canvas.drawCircle(x + 7 + column * DOT.step, top + 76 + row * DOT.step, DOT.radius, paint);
    }
  }
}

/** The mark of static/mark.svg: a ring that is open at the upper right, a stroke into the opening, a point. */
function drawMark({ kit, canvas, paint }: Pen, x: number, y: number): void {
  const stroke = (colour: string, width: number): void => {
    paint.setStyle(kit.PaintStyle.Stroke);
    paint.setStrokeWidth(width);
    paint.setColor(kit.parseColorString(colour));
  };
  const size = 1.5;
  stroke(COLOURS.ink, 2.5 * size);
  const radius = 12 * size;
  canvas.drawArc(kit.LTRBRect(x - radius, y - radius, x + radius, y + radius), -35, 305, false, paint);
  stroke(COLOURS.proven, 3 * size);
  canvas.drawLine(x + 4.8 * size, y - 4.8 * size, x + 11.8 * size, y - 11.4 * size, paint);
  paint.setStyle(kit.PaintStyle.Fill);
  paint.setColor(kit.parseColorString(COLOURS.ink));
  canvas.drawCircle(x, y, 3.4 * size, paint);
}

function font({ kit }: Pen, face: Typeface, size: number): Font {
  const made = new kit.Font(face, size);
  made.setSubpixel(true);
  return made;
}

function write(pen: Pen, text: string, face: Font, x: number, y: number, colour: string): void {
  pen.paint.setColor(pen.kit.parseColorString(colour));
  pen.canvas.drawText(text, x, y, pen.paint, face);
}

function widthOf(text: string, face: Font): number {
  return face.getGlyphWidths(face.getGlyphIDs(text)).reduce((sum, width) => sum + width, 0);
}

/** Words into lines no wider than `most`. */
function wrap(text: string, face: Font, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, face) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
