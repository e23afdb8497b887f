import { toSet } from './to-set.ts';

/** Elements a figure may have. Nothing that runs, loads, animates or holds HTML. */
export const SVG_ELEMENTS: ReadonlySet<string> = toSet(`
  svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker pattern clippath
  mask symbol use
`);

/** Attributes a figure may have, in lower case without hyphens: what an attribute and a tree's property share. */
export const SVG_ATTRIBUTES: ReadonlySet<string> = toSet(`
  ariadescribedby arialabel arialabelledby ariahidden clippath cliprule clippathunits cx cy d
  dominantbaseline dx dy fill fillopacity fillrule fontsize fontstyle fontweight height href id
  letterspacing markerend markerheight markermid markerstart markerunits markerwidth mask opacity orient
  patterntransform patternunits points preserveaspectratio r refx refy role rotate rx ry stroke
  strokedasharray strokedashoffset strokelinecap strokelinejoin strokemiterlimit strokeopacity strokewidth
  textanchor textlength lengthadjust transform viewbox vectoreffect width x x1 x2 xmlns y y1 y2
`);

/** The attributes that carry a colour. */
export const COLOUR_ATTRIBUTES: readonly string[] = ['fill', 'stroke', 'color', 'stop-color', 'flood-color'];

/** The colours a figure may use: they follow light and dark. `--proven` is not one of them: it means evidence. */
export const COLOUR =
  /^(currentColor|none|inherit|context-stroke|url\(#[\w-]+\)|var\(--(ink|ink-2|ink-3|rule|rule-strong|sheet|paper|recess|due|miss)\))$/;
