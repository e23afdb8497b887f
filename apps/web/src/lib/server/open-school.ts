import { openSchool, parseConfig, type School } from '@edirae/school';

const key = Symbol.for('edirae.school');
const held = globalThis as { [key]?: Promise<School> };

/** The one School of this process. It holds the data folder's lock, so a reload of modules in development keeps it. */
export function theSchool(): Promise<School> {
  held[key] ??= openSchool(parseConfig(process.env));
  return held[key];
}

export async function closeSchool(): Promise<void> {
  const school = await held[key];
  delete held[key];
  await school?.close();
}
