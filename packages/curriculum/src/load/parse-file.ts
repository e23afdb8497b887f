import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { errorIn } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** A YAML file as data, with the way back from a path in the data to a line of the file. */
export interface YamlFile {
  data: unknown;
  /** Line of the value at `path`, or of its nearest ancestor that exists. */
  lineOf(path: readonly PropertyKey[]): number;
  /** Line of a key of the mapping at `path`. */
  lineOfKey(path: readonly PropertyKey[], key: string): number;
}

/** Reads YAML; what is wrong with its syntax goes to `findings`, and undefined comes back. */
export function findYaml(text: string, file: string, findings: Finding[]): YamlFile | undefined {
  const lineCounter = new LineCounter();
  // Aliases are not part of the format, and few are enough to blow a file up.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  for (const error of document.errors) {
    findings.push(errorIn('yaml', file, `not valid YAML: ${error.message}`, lineAt(error.pos[0])));
  }
  if (document.errors.length > 0) return undefined;
  try {
    const data: unknown = document.toJS({ maxAliasCount: 0 });
    return {
      data,
      lineOf: (path) => lineAt(offsetOf(document, path)),
      lineOfKey: (path, key) => lineAt(offsetOfKey(document, path, key)),
    };
  } catch {
    findings.push(errorIn('yaml', file, 'uses YAML aliases (&name, *name); write the text out instead', 1));
    return undefined;
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const last = path[length - 1];
    const parent = path.slice(0, length - 1);
    if (typeof last === 'string') {
      const offset = offsetOfKey(document, parent, last, -1);
      if (offset >= 0) return offset;
    }
    const node = document.getIn(path.slice(0, length), true) as
      { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

function offsetOfKey(document: Document, path: readonly PropertyKey[], key: string, missing = 0): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(node)) return missing < 0 ? missing : offsetOf(document, path);
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  const range = isScalar(pair?.key) ? pair.key.range : undefined;
  return range ? range[0] : missing;
}

/** Holds a file to a schema; every issue goes to `findings` with its line. */
export function findParsed<T>(
  schema: z.ZodType<T>,
  yaml: YamlFile,
  file: string,
  findings: Finding[],
): T | undefined {
  const result = schema.safeParse(yaml.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        findings.push(
          errorIn('schema', file, unknownField(yaml.data, issue.path, key), yaml.lineOfKey(issue.path, key)),
        );
      }
    } else {
      const said = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
      const message = `${placeOf(issue.path)} ${plain(said)}`;
      findings.push(errorIn('schema', file, message, yaml.lineOf(issue.path)));
    }
  }
  return undefined;
}

function unknownField(data: unknown, path: readonly PropertyKey[], key: string): string {
  let parent = data;
  for (const step of path) parent = (parent as Record<PropertyKey, unknown> | null)?.[step];
  // In { text: 1,000 tokens } YAML reads everything after the comma as a key of its own without a value.
  if ((parent as Record<string, unknown> | null)?.[key] === null) {
    return `${placeOf(path)} is cut at a comma before “${key}”; put texts with commas between { } into quotes`;
  }
  return `${placeOf([...path, key])} is not a field of this file; see docs/authoring.md for its fields`;
}

/** `variants[0].options[1].text`, as one would say it. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path
    .map((key, n) => (typeof key === 'number' ? `[${key}]` : `${n ? '.' : ''}${String(key)}`))
    .join('');
}

/** The library's sentences, read after the place they are about. */
function plain(message: string): string {
  return message
    .replace(/^Invalid input: expected (\S+), received undefined$/, 'is missing ($1 expected)')
    .replace(/^Invalid input: expected (\S+), received (\S+)$/, 'must be $1, not $2')
    .replace(
      /^Invalid option: expected one of (.*)$/,
      (_, list: string) => `must be one of ${list.replaceAll('|', ', ')}`,
    )
    .replace(/^Too small: expected \S+ to have >=(\d+) items$/, 'needs at least $1 entries')
    .replace(/^Too big: expected \S+ to have <=(\d+) items$/, 'has more than $1 entries');
}
