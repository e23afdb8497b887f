/** Pictures and sounds that browsers show without running anything, told by their first bytes and never by their name. */
const SIGNATURES: [type: string, at: number, bytes: number[] | string][] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['image/bmp', 0, 'BM'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/flac', 0, 'fLaC'],
  ['audio/mp4', 4, 'ftypM4A'],
  ['audio/webm', 0, [0x1a, 0x45, 0xdf, 0xa3]],
];

/** The type under which a file may be served; undefined for anything else. */
export function mediaType(data: Uint8Array): string | undefined {
  const found = SIGNATURES.find(([, at, bytes]) => startsWith(data, at, bytes));
  if (found) return found[0];
  // A frame of MPEG audio without tags: eleven bits set, then a layer.
  if (data[0] === 0xff && ((data[1] ?? 0) & 0xe0) === 0xe0 && ((data[1] ?? 0) & 0x06) !== 0)
    return 'audio/mpeg';
  return isSvg(data) ? 'image/svg+xml' : undefined;
}

function startsWith(data: Uint8Array, at: number, bytes: number[] | string): boolean {
  const wanted = typeof bytes === 'string' ? [...bytes].map((char) => char.charCodeAt(0)) : bytes;
  return wanted.every((byte, n) => data[at + n] === byte);
}

/** Served under a policy that forbids scripts and requests, an SVG is a picture. */
function isSvg(data: Uint8Array): boolean {
  const head = new TextDecoder().decode(data.subarray(0, 1024));
  return /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(head);
}
