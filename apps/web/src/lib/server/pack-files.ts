const BLOCK = 512;

/** Texts as a tar archive (POSIX ustar, which every system unpacks), below one folder. @param now epoch milliseconds */
export function packFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  now: number,
): Uint8Array<ArrayBuffer> {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const body = new TextEncoder().encode(text);
    const padded = new Uint8Array(Math.ceil(body.length / BLOCK) * BLOCK);
    padded.set(body);
    return [headerOf(`${folder}/${path}`, body.length, now), padded];
  });
  blocks.push(new Uint8Array(2 * BLOCK));
  const archive = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    archive.set(block, at);
    at += block.length;
  }
  return archive;
}

function headerOf(path: string, size: number, now: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  // Names of up to 100 bytes stand in one field, longer ones in two.
  const cut = path.length <= 100 ? 0 : path.indexOf('/', path.length - 101) + 1;
  put(path.slice(cut), 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(Math.floor(now / 1000), 11), 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\x0000', 257);
  if (cut > 0) put(path.slice(0, cut - 1), 345);
  put(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return header;
}
