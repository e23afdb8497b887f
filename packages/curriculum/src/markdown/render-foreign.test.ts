import { describe, expect, it } from 'vitest';
import { foreignText, renderForeign } from './render-foreign.ts';

const media = { address: (name: string) => (name === 'cache.png' ? '/media/ab12' : undefined) };
const render = (html: string) => renderForeign(html, media);

describe('HTML that another program wrote', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">go</a>',
    '<a href="/sign-out">go</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<style>body{background:url(https://elsewhere.example/x)}</style>',
    '<div style="background:url(https://elsewhere.example/x)" onclick="alert(1)" id="main" class="btn">text</div>',
    '<img src="https://elsewhere.example/pixel.png">',
    '<form action="/settings"><input name="x"><button>Go</button></form>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '[sound:https://elsewhere.example/x.mp3]',
    '<meta http-equiv=refresh content="0;url=https://elsewhere.example">',
    '<img src="\x00javascript:alert(1)">',
  ])('cannot run, act or tell anybody: %s', (html) => {
    const safe = render(html);
    expect(safe).not.toMatch(
      /<script|<svg|<iframe|<style|<form|<input|<button|<meta|\son\w+=|style=|class=|id=/i,
    );
    expect(safe).not.toMatch(/(?:href|src)="(?!\/media\/|https:\/\/|http:\/\/|mailto:)/i);
    expect(safe).not.toMatch(/src="https?:/i);
    expect(safe).not.toContain('href="javascript');
  });

  it('keeps words, structure and pictures that are ours', () => {
    expect(render('<b>Two</b> <i>all-reduces</i><br><img src="cache.png" width="300" alt="Cache">')).toBe(
      '<b>Two</b> <i>all-reduces</i><br><img src="/media/ab12" alt="Cache" width="300">',
    );
    expect(render('<img src="gone.png">')).toContain('picture not here: gone.png');
  });

  it('turns formulas into MathML and sounds into players', () => {
    expect(render('so \\(a^2\\) and \\[\\frac{1}{2}\\]')).toMatch(
      /so <math[\s\S]*<\/math> and <div class="math/,
    );
    expect(render('[sound:cache.png]')).toContain('<audio controls preload="none" src="/media/ab12">');
    expect(render('<code>\\(a\\)</code>')).toBe('<code>\\(a\\)</code>');
  });

  it('has a plain text to search in', () => {
    expect(foreignText('<div>One<br>two</div><script>three()</script>&lt;four&gt;')).toBe('One two<four>');
  });
});
