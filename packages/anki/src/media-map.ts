import { z } from 'zod';
import { PackageError } from './package-error.ts';
import { messagesOf, readMessage, textOf } from './protobuf.ts';

/** Names by the numbered file that holds each: protobuf in the newest layout, JSON before. Names are only ever compared, never opened. */
export function readMediaMap(bytes: Uint8Array, newest: boolean): [string, string][] {
  const entries = newest ? readEntries(bytes) : readJson(bytes);
  return entries.flatMap(([file, name]): [string, string][] => {
    const plain = name.normalize('NFC').replaceAll('\0', '');
    return plain === '' || plain.length > 255 || /[/\\]/.test(plain) || plain === '..' ? [] : [[file, plain]];
  });
}

function readEntries(bytes: Uint8Array): [string, string][] {
  try {
    return messagesOf(readMessage(bytes), 1).map((entry, n) => [String(n), textOf(readMessage(entry), 1)]);
  } catch {
    throw new PackageError('Its list of media is damaged.');
  }
}

function readJson(bytes: Uint8Array): [string, string][] {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return [];
  try {
    return Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text)));
  } catch {
    throw new PackageError('Its list of media is damaged.');
  }
}
