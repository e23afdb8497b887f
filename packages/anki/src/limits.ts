const MIB = 1024 * 1024;

/** How large a package, and what is in it, may be. Beyond, it is refused as a whole. */
export interface PackageLimits {
  /** Bytes of the collection, unpacked. A thousand notes take about one MiB. */
  collectionBytes: number;
  /** Bytes of one media file. */
  mediaFileBytes: number;
  /** Bytes of all media together, unpacked. */
  mediaBytes: number;
  /** Files in the package. */
  entries: number;
  notes: number;
  cards: number;
  grades: number;
  /** Characters of one note's fields together. */
  noteLength: number;
  /** Note types, templates of one, and characters of a template. */
  noteTypes: number;
  templates: number;
  templateLength: number;
}

/** Twice what the largest decks people share hold; small enough that a machine with one GiB reads any of them. */
export const PACKAGE_LIMITS: PackageLimits = {
  collectionBytes: 512 * MIB,
  mediaFileBytes: 16 * MIB,
  mediaBytes: 200 * MIB,
  entries: 50_000,
  notes: 200_000,
  cards: 500_000,
  grades: 3_000_000,
  noteLength: 200_000,
  noteTypes: 500,
  templates: 64,
  templateLength: 64_000,
};

/** `200 MiB`, for a reason that is shown. */
export function sayBytes(bytes: number): string {
  return bytes >= MIB ? `${Math.round(bytes / MIB)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
}
