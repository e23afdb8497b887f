import type { Element, ElementContent, Properties } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SVG_ATTRIBUTES, SVG_ELEMENTS } from './svg-rules.ts';

/**
 * A figure's SVG as a safe tree, or undefined where the text holds none. Ids get a prefix, so that two figures on one
 * page do not use each other's markers.
 */
export function findSvg(svg: string, prefix: string): Element | undefined {
  const tree = fromHtml(svg, { fragment: true });
  const root = tree.children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'svg',
  );
  if (!root) return undefined;
  const clean = cleanElement(root, prefix);
  // The figure fills its column; the linter asks for neither.
  delete clean.properties['width'];
  delete clean.properties['height'];
  return clean;
}

function cleanElement(element: Element, prefix: string): Element {
  const children = element.children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return [{ type: 'text', value: child.value }];
    if (child.type !== 'element' || !SVG_ELEMENTS.has(child.tagName.toLowerCase())) return [];
    return [cleanElement(child, prefix)];
  });
  return {
    type: 'element',
    tagName: element.tagName,
    properties: cleanProperties(element.properties, prefix),
    children,
  };
}

function cleanProperties(properties: Properties, prefix: string): Properties {
  const clean: Properties = {};
  for (const [name, value] of Object.entries(properties)) {
    if (!SVG_ATTRIBUTES.has(name.toLowerCase().replaceAll('-', '')) || value === null || value === undefined)
      continue;
    const safe = Array.isArray(value)
      ? value.map((each) => cleanValue(name, String(each), prefix)).join(' ')
      : cleanValue(name, String(value), prefix);
    if (safe !== undefined) clean[name] = safe;
  }
  return clean;
}

/** References stay inside the figure; anything else that could load or run is dropped. */
function cleanValue(name: string, value: string, prefix: string): string | undefined {
  const key = name.toLowerCase();
  if (key === 'id') return `${prefix}-${value}`;
  if (key === 'href') return value.startsWith('#') ? `#${prefix}-${value.slice(1)}` : undefined;
  if (key === 'arialabelledby' || key === 'ariadescribedby') {
    return value
      .split(/\s+/)
      .map((id) => `${prefix}-${id}`)
      .join(' ');
  }
  if (/url\(/i.test(value)) {
    const local = /^url\(["']?#([\w-]+)["']?\)$/.exec(value.trim());
    return local ? `url(#${prefix}-${local[1]})` : undefined;
  }
  return /(java|vb)script:|data:|[\\]|expression\(|@import/i.test(value) ? undefined : value;
}
