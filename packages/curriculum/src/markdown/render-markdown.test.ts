import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderInline, renderMarkdown } from './render-markdown.ts';

/** Tags that may never leave, whatever the Markdown. */
const FORBIDDEN =
  /<(script|style|iframe|object|embed|img|link|meta|base|form|input|button|svg|video|audio|html|body)\b/i;

function expectSafe(html: string): void {
  expect(html).not.toMatch(FORBIDDEN);
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi)) {
    expect(tag).not.toMatch(/\sstyle\s*=/i);
    expect(tag).not.toMatch(/\son[a-z]+\s*=/i);
    expect(tag).not.toMatch(
      /(href|src|xlink:href|action|formaction)\s*=\s*["']?\s*(javascript|data|vbscript|file|blob):/i,
    );
    expect(tag).not.toMatch(/\s(href|src)="\/\//i);
  }
}

describe('what Markdown becomes', () => {
  test.each([
    ['plain', '<p>plain</p>'],
    ['**bold** and *it*', '<p><strong>bold</strong> and <em>it</em></p>'],
    ['`a < b`', '<p><code>a &#x3C; b</code></p>'],
    ['~~gone~~', '<p><del>gone</del></p>'],
    ['- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>'],
    ['3. three', '<ol start="3">\n<li>three</li>\n</ol>'],
    ['> quoted', '<blockquote>\n<p>quoted</p>\n</blockquote>'],
    ['# Heading', '<h2>Heading</h2>'],
    ['###### Deep', '<h4>Deep</h4>'],
    ['costs $5 and $6', '<p>costs $5 and $6</p>'],
    ['$x$ stays', '<p>$x$ stays</p>'],
    ['at 10:fast and note:this', '<p>at 10:fast and note:this</p>'],
    ['::leaf[x]{y}', '<p>::leaf[x]{y}</p>'],
    ['[in](/skills/a)', '<p><a href="/skills/a">in</a></p>'],
    ['[skill](skill:littles-law)', '<p><a href="/skills/littles-law">skill</a></p>'],
    ['[out](https://a.b/c?d=e)', '<p><a href="https://a.b/c?d=e" rel="noopener noreferrer">out</a></p>'],
    ['[mail](mailto:a@b.c)', '<p><a href="mailto:a@b.c">mail</a></p>'],
    ['![what one sees](https://evil/x.png)', '<p>what one sees</p>'],
    ['a[^1]', '<p>a[^1]</p>'],
    [':::formula\nmemory = weights + cache\n:::', '<p class="formula">memory = weights + cache</p>'],
    [
      ':::worked{title="Sixteen users"}\nSet.\n:::',
      '<section class="worked"><h3>Worked example: Sixteen users</h3><p>Set.</p></section>',
    ],
    [':::worked\nSet.\n:::', '<section class="worked"><h3>Worked example</h3><p>Set.</p></section>'],
    [':::unknown\nkept\n:::', '<div><p>kept</p></div>'],
    ['', ''],
  ])('%j', (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html);
  });

  test('a table can be reached and scrolled by keyboard, numbers stand to the right', () => {
    const html = renderMarkdown('| step | result |\n| --- | ---: |\n| $$x$$ | [l](https://a.b) |');
    expect(html).toContain(
      '<div class="scroll" tabindex="0" role="region" aria-label="Table: step, result"><table>',
    );
    expect(html).toContain('<th scope="col">step</th>');
    expect(html).toContain('<th class="r" scope="col">result</th>');
    expect(html).toContain('<td class="r"><a href="https://a.b" rel="noopener noreferrer">l</a></td>');
    expect(html).toContain('<td><math');
    expect(html).not.toContain('align=');
  });

  test.each([
    ['python', 'def f(): return "a"', 'hljs-keyword'],
    ['py', 'def f(): return "a"', 'hljs-keyword'],
    ['typescript', 'const a: string = "b"', 'hljs-keyword'],
    ['javascript', 'const a = 1', 'hljs-keyword'],
    ['bash', 'echo "a"', 'hljs-built_in'],
    ['yaml', 'a: 1', 'hljs-attr'],
    ['json', '{"a": 1}', 'hljs-attr'],
    ['sql', 'select 1', 'hljs-keyword'],
  ])('%s is highlighted by classes alone', (language, code, name) => {
    const html = renderMarkdown(`\`\`\`${language}\n${code}\n\`\`\``);
    expect(html).toContain(name);
    expect(html).toMatch(/^<pre tabindex="0" role="region" aria-label="Code, \w+">/);
    expectSafe(html);
  });

  test('code in no known language is shown as it is', () => {
    expect(renderMarkdown('```brainfuck\n+<>\n```')).toBe(
      '<pre tabindex="0" role="region" aria-label="Code"><code class="hljs language-text">+&#x3C;>\n</code></pre>',
    );
  });
});

describe('formulas', () => {
  test('in a line they are MathML without style, class or source', () => {
    const html = renderMarkdown('so $$x^2$$ it is');
    expect(html).toBe(
      '<p>so <math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math> it is</p>',
    );
  });

  test.each(['$$\\frac{a}{b}$$', '$$\n\\frac{a}{b}\n$$'])('alone they are displayed: %j', (markdown) => {
    const html = renderMarkdown(markdown);
    expect(html).toMatch(
      /^<div class="math scroll" tabindex="0" role="region" aria-label="Formula"><math .*display="block"/,
    );
    expect(html).toContain('<mfrac>');
  });

  test('what cannot be read is shown as its source', () => {
    expect(renderMarkdown('$$\\frac{a$$ x')).toBe('<p><code class="unread">\\frac{a</code> x</p>');
  });

  test.each([
    '$$\\href{javascript:alert(1)}{x}$$',
    '$$\\url{javascript:alert(1)}$$',
    '$$\\htmlStyle{color:red}{x}$$',
    '$$\\htmlClass{a}{x}$$',
    '$$\\htmlData{a=b}{x}$$',
    '$$\\includegraphics{http://evil/x.png}$$',
    '$$\\color{red}{x}$$',
    '$$\\colorbox{red}{x}$$',
    '$$\\text{<script>alert(1)</script>}$$',
    '$$\\def\\a{\\a\\a}\\a$$',
    '$$\\rule{1000em}{1000em}$$',
  ])('%s is harmless', (markdown) => {
    expectSafe(renderMarkdown(markdown));
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'a <b onclick="x">b</b>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '<iframe src="https://evil"></iframe>',
  '<svg onload=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<!-- comment --><form action=/x><input></form>',
  '<p style="position:fixed">x</p>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:x)',
  '[x](//evil.example)',
  '[x](file:///etc/passwd)',
  '[x](<javascript:alert(1)>)',
  '[x][y]\n\n[y]: javascript:alert(1)',
  '![x](javascript:alert(1))',
  '![x](https://evil/log?c=1)',
  '<javascript:alert(1)>',
  '[x](https://a.b "onmouseover=alert(1)")',
  '[x](https://a.b "\\" onmouseover=\\"alert(1)")',
  ':::worked{title="<script>" style="x" onclick="y" id="z"}\nx\n:::',
  ':::misconception{id="x" class="y" style="z"}\nx\n:::',
  ':::script\nalert(1)\n:::',
  ':b[x]{style="color:red" onclick="y"}',
  '```html\n<script>alert(1)</script>\n```',
  '```"onclick=alert(1)\nx\n```',
  '`<script>`',
  '# <img src=x onerror=alert(1)>',
  '| <script> | b |\n| --- | --- |\n| <img onerror=x> | c |',
  '- <script>\n- x',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u0000<script>',
  '<math><mtext><script>alert(1)</script></mtext></math>',
  '<x-a-b-c style=a>',
  '<'.repeat(2000),
  '['.repeat(2000),
  '*a '.repeat(2000),
  '> '.repeat(200) + 'deep',
  ':::'.repeat(100),
  '$$'.repeat(301),
];

describe('hostile Markdown', () => {
  test.each(HOSTILE)('%s', (markdown) => {
    expectSafe(renderMarkdown(markdown));
    expectSafe(renderInline(markdown));
  });

  test('raw HTML is shown, not obeyed: nothing a person wrote is lost', () => {
    expect(renderMarkdown('<b>bold</b> text')).toBe('<p>&#x3C;b>bold&#x3C;/b> text</p>');
    expect(renderMarkdown('<div>\nblock\n</div>')).toContain('&#x3C;div>');
  });

  test('any mixture of hostile pieces is safe', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...HOSTILE.filter((piece) => piece.length < 100)), { maxLength: 5 }),
        fc.constantFrom('', ' ', '\n', '\n\n'),
        (pieces, glue) => {
          expectSafe(renderMarkdown(pieces.join(glue)));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('inline', () => {
  test.each([
    ['plain', 'plain'],
    [
      '**b** `c` $$x$$',
      '<strong>b</strong> <code>c</code> <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow><mi>x</mi></mrow></math>',
    ],
    ['[words](https://a.b)', 'words'],
    ['# Heading', 'Heading'],
    ['```python\nx = 1\n```', '<code>x = 1</code>'],
    ['1. first', 'first'],
    ['| a |\n| --- |\n| b |', 'a b'],
  ])('%j has no block and no link', (markdown, html) => {
    expect(renderInline(markdown).replace(/\s+/g, ' ')).toBe(html);
  });

  test('a formula alone stays in the line', () => {
    expect(renderInline('$$x$$')).toMatch(/^<math [^>]*display="inline"/);
  });
});

test('the same text is rendered once', () => {
  const text = `memo ${'word '.repeat(2000)}`;
  renderMarkdown(text);
  const started = performance.now();
  for (let n = 0; n < 1000; n++) renderMarkdown(text);
  expect(performance.now() - started).toBeLessThan(50);
});
