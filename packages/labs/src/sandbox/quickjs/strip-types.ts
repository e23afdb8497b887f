import { transform } from 'sucrase';

/** What of a submission cannot be read as TypeScript; raised to its author as a syntax error. */
export class SourceError extends Error {
  readonly file: string;
  constructor(file: string, message: string) {
    super(message);
    this.file = file;
  }
}

/**
 * Removes types and turns enums and parameter properties into JavaScript; lines stay where they are. Namespaces with
 * values and decorators are not supported. Throws `SourceError`.
 */
export function stripTypes(file: string, source: string): string {
  if (!/\.m?ts$/.test(file)) return source;
  try {
    return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const message =
      error instanceof Error ? error.message.replace(/^Error transforming [^:]*: /, '') : 'unreadable';
    throw new SourceError(file, message);
  }
}
