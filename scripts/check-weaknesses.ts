/**
 * Asks the registry for known weaknesses of what is shipped (`npm audit`). High and critical ones fail. Where the registry does not answer,
 * nothing is known, which is said and is no failure: a network that is away says nothing about the code.
 */
import { spawnSync } from 'node:child_process';

/** Milliseconds to wait for the registry. */
const PATIENCE_MS = 60_000;

const GRAVE = ['high', 'critical'];

interface Report {
  vulnerabilities: Record<
    string,
    { severity: string; range: string; via: (string | { title: string; url: string })[] }
  >;
  metadata: { vulnerabilities: Record<string, number> };
}

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: PATIENCE_MS,
  maxBuffer: 64 * 2 ** 20,
});
const report = findReport(stdout);
if (report === undefined) {
  console.log('weaknesses: not checked, because the registry did not answer');
  process.exit(0);
}

const { vulnerabilities, metadata } = report;
let grave = 0;
for (const [name, { severity, range, via }] of Object.entries(vulnerabilities)) {
  const causes = via.map((cause) =>
    typeof cause === 'string' ? `through ${cause}` : `${cause.title} (${cause.url})`,
  );
  console.log(`${severity}: ${name} ${range}: ${causes.join('; ')}`);
  if (GRAVE.includes(severity)) grave += 1;
}
const { total: _, ...counts } = metadata.vulnerabilities;
const found = Object.entries(counts).filter(([, n]) => n > 0);
console.log(`weaknesses: ${found.map(([severity, n]) => `${n} ${severity}`).join(', ') || 'none known'}`);
process.exit(grave > 0 ? 1 : 0);

/** What npm prints where it could ask; an error document, or nothing, where it could not. */
function findReport(text: string | null): Report | undefined {
  try {
    const document = JSON.parse(text ?? '') as Partial<Report>;
    const { vulnerabilities, metadata } = document;
    return vulnerabilities && metadata?.vulnerabilities ? { vulnerabilities, metadata } : undefined;
  } catch {
    return undefined;
  }
}
