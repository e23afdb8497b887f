/** One field of a protobuf message: its number, and a number or bytes. Fixed-width fields are skipped. */
export type WireField = { field: number; value: number } | { field: number; bytes: Uint8Array };

/**
 * The fields of a protobuf message, as they stand in its bytes. Anki's package says little in it, so the few messages are read without a
 * schema compiler (proto/anki/import_export.proto, notetypes.proto, decks.proto).
 * @throws RangeError where the bytes end in the middle
 */
export function readMessage(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('The message ends inside a number.');
      // Beyond 2^53 digits are lost; such numbers are skipped over, never used.
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number is longer than ten bytes.');
  };
  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        fields.push({ field, value: varint() });
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > bytes.length) throw new RangeError('The message ends inside a field.');
        fields.push({ field, bytes: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw new RangeError(`Wire type ${key % 8} is not known.`);
    }
  }
  return fields;
}

const decoder = new TextDecoder('utf-8');

/** The last text of a field, as protobuf reads it; empty where there is none. */
export function textOf(fields: readonly WireField[], field: number): string {
  const found = fields.findLast((one) => one.field === field);
  return found && 'bytes' in found ? decoder.decode(found.bytes) : '';
}

export function numberOf(fields: readonly WireField[], field: number): number {
  const found = fields.findLast((one) => one.field === field);
  return found && 'value' in found ? found.value : 0;
}

export function messagesOf(fields: readonly WireField[], field: number): Uint8Array[] {
  return fields.flatMap((one) => (one.field === field && 'bytes' in one ? [one.bytes] : []));
}
