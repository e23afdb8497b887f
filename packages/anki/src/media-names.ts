const SOURCES = /<(?:img|audio|source|embed)\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
const SOUNDS = /\[sound:([^\]]{1,255})\]/g;

/** Names of the media that a field shows or plays. */
export function mediaNames(html: string): string[] {
  const names = new Set<string>();
  for (const [, a, b, c] of html.matchAll(SOURCES)) names.add(decodeName(a ?? b ?? c ?? ''));
  for (const [, name] of html.matchAll(SOUNDS)) names.add((name ?? '').normalize('NFC'));
  names.delete('');
  return [...names].filter((name) => !/^(?:https?|data|file|blob):|^\/\//i.test(name));
}

/** The same field with media of one name under another. */
export function renameMedia(html: string, from: string, to: string): string {
  return html
    .replaceAll(SOURCES, (whole: string, a?: string, b?: string, c?: string) => {
      const name = a ?? b ?? c ?? '';
      return decodeName(name) === from ? whole.replace(name, () => encodeURIComponent(to)) : whole;
    })
    .replaceAll(`[sound:${from}]`, `[sound:${to}]`);
}

/** An address in a field as the name that the list of media knows. */
export function decodeName(address: string): string {
  const plain = address.replaceAll('&amp;', '&').trim();
  try {
    return decodeURIComponent(plain).normalize('NFC');
  } catch {
    return plain.normalize('NFC');
  }
}
