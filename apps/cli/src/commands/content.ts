import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  contentReport,
  lintCurriculum,
  loadCurriculum,
  newItem,
  newSkill,
  verifyCurriculum,
} from '@edirae/curriculum';
import type { ContentReport, Curriculum, Finding, Scaffold, SkillReport } from '@edirae/curriculum';
import { checkLinks, linkReport } from './content-links.ts';
import { listLabs, newLab, verifyLabs } from './content-labs.ts';
import { runRetract } from './retract.ts';

const USAGE = `usage: edirae content [--skill <id> | --lab <id> | --no-gates | --one-sandbox] [--json] [--dir <content folder>]
       edirae content --links [--json] [--dir …]
       edirae content new skill <module id> <id> [--dir …]
       edirae content new item <skill id> <kind> <family id> [--dir …]
       edirae content new lab <skill id> <id> [--dir …]
       edirae content retract <family id> [<variant>] --reason <why>
`;

/** Lints and verifies the content. Exit codes: 0 no error, 1 errors found, 2 called wrongly. */
export async function runContent(args: string[]): Promise<number> {
  if (args[0] === 'retract') return runRetract(args.slice(1));
  const options = parseOptions(args);
  if (!options) return usage('');
  const { json, skill, lab, gates, oneSandbox, links, dir, rest } = options;
  if (rest[0] === 'new') return writeNew(dir, rest.slice(1));
  if (rest.length > 0) return usage(`unknown argument ${rest[0]}\n`);
  const started = performance.now();
  const { curriculum, findings: loading } = await loadCurriculum(dir);
  if (!curriculum) {
    for (const finding of loading) process.stderr.write(`${lineOf(finding)}\n`);
    return usage(`no content in ${dir}\n`);
  }
  if (links) return checkAllLinks(curriculum, json);
  const only = skill === undefined ? undefined : curriculum.skills.get(skill);
  if (skill !== undefined && !only && !loading.some((finding) => finding.file.includes(`/${skill}/`))) {
    return usage(`there is no skill ${skill}\n`);
  }
  if (lab !== undefined) return checkOneLab(dir, lab, new Set(curriculum.skills.keys()));
  const narrow = skill === undefined ? {} : { skill };
  const findings = [
    ...loading.filter((finding) => skill === undefined || finding.file.includes(`/${skill}/`)),
    ...lintCurriculum(curriculum, narrow),
    ...verifyCurriculum(curriculum, { ...narrow, onProgress }),
    ...(skill === undefined && gates
      ? await verifyLabs(dir, { skills: new Set(curriculum.skills.keys()), oneSandbox, onProgress: onLab })
      : []),
  ];
  const report = contentReport(curriculum, findings);
  if (only) report.skills = report.skills.filter(({ id }) => id === only.id);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(
    json ? `${JSON.stringify(report, null, 2)}\n` : table(report, performance.now() - started),
  );
  return findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}

/** Asks the web for every resource. A moved or dead link is an error; a network that is not there is none. */
async function checkAllLinks({ resources }: Curriculum, json: boolean): Promise<number> {
  const verdicts = await checkLinks(resources, {
    fetch,
    timeoutMs: 15_000,
    pauseMs: 1_000,
    wait: setTimeout,
    onProgress: (done, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[Kasking ${done} of ${of}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (verdicts === null) {
    process.stdout.write(
      json
        ? `${JSON.stringify({ network: false, links: [] })}\n`
        : 'No link was checked: nothing on the network answers from here.\n',
    );
    return 0;
  }
  process.stdout.write(
    json ? `${JSON.stringify({ network: true, links: verdicts }, null, 2)}\n` : linkReport(verdicts),
  );
  return verdicts.some(({ found }) => found === 'dead' || found === 'moved') ? 1 : 0;
}

/** One lab alone: what an author runs while writing it. */
async function checkOneLab(dir: string, lab: string, skills: ReadonlySet<string>): Promise<number> {
  if (!listLabs(dir).includes(lab)) return usage(`there is no lab ${lab}\n`);
  const findings = await verifyLabs(dir, { skills, lab, onProgress: onLab });
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  process.stdout.write([...findings.map(lineOf), `lab ${lab}: ${errors} errors`, ''].join('\n'));
  return errors > 0 ? 1 : 0;
}

/** Writes a good example to start from. Nothing that exists is touched. */
async function writeNew(dir: string, [what, where = '', ...more]: string[]): Promise<number> {
  const { curriculum } = await loadCurriculum(dir);
  if (!curriculum) return usage(`no content in ${dir}\n`);
  const made = makeNew(curriculum, what, where, more);
  if (!made) return usage('');
  if (made.outcome === 'refused') return usage(`${made.problem}\n`);
  const taken = made.files.find(({ path }) => existsSync(join(dir, path)));
  if (taken) return usage(`${taken.path} exists already\n`);
  for (const { path, text } of made.files) {
    const target = join(dir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
    process.stdout.write(`${path}\n`);
  }
  return 0;
}

function makeNew(
  curriculum: Curriculum,
  what: string | undefined,
  where: string,
  more: string[],
): Scaffold | undefined {
  const [first = '', second = ''] = more;
  if (what === 'skill' && more.length === 1) return newSkill(curriculum, where, first);
  if (what === 'item' && more.length === 2) return newItem(curriculum, where, first, second);
  if (what === 'lab' && more.length === 1) return newLab(curriculum, where, first);
  return undefined;
}

function usage(problem: string): number {
  process.stderr.write(problem + USAGE);
  return 2;
}

interface Options {
  json: boolean;
  skill: string | undefined;
  lab: string | undefined;
  /** Whether the labs' solutions, starters and wrong answers are graded. */
  gates: boolean;
  /** Whether they are graded in the strongest sandbox of each language alone, not in all. */
  oneSandbox: boolean;
  /** Whether only the addresses of resources are asked for. */
  links: boolean;
  dir: string;
  rest: string[];
}

function parseOptions(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        skill: { type: 'string' },
        lab: { type: 'string' },
        'no-gates': { type: 'boolean' },
        'one-sandbox': { type: 'boolean' },
        links: { type: 'boolean' },
        dir: { type: 'string' },
      },
    });
    const dir =
      values.dir === undefined ? resolve(import.meta.dirname, '../../../../content') : resolve(values.dir);
    return {
      json: values.json ?? false,
      skill: values.skill,
      lab: values.lab,
      gates: !values['no-gates'],
      oneSandbox: values['one-sandbox'] ?? false,
      links: values.links ?? false,
      dir,
      rest: positionals,
    };
  } catch {
    return undefined;
  }
}

/** On a terminal only: a log has no use for it. */
function onProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rverifying family ${done + 1} of ${of}`);
}

function onLab(lab: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[Kgrading lab ${lab}`);
}

function lineOf({ severity, rule, file, line, message }: Finding): string {
  return `${severity === 'error' ? 'error  ' : 'warning'}  ${file}${line === null ? '' : `:${line}`}  ${message}  (${rule})`;
}

/** The report for people: findings first by file, the figures of each written skill, then the sums. */
function table(report: ContentReport, ms: number): string {
  const lines = report.findings.map(lineOf);
  const written = report.skills.filter((skill) => skill.status === 'written' || report.skills.length === 1);
  if (written.length > 0) lines.push('', ...rows(written));
  const errors = report.findings.filter((finding) => finding.severity === 'error').length;
  const planned = report.skills.length - report.skills.filter((skill) => skill.status === 'written').length;
  lines.push(
    '',
    `${report.skills.length} skills, ${planned} of them planned; ${errors} errors, ${report.findings.length - errors} warnings; ${(ms / 1000).toFixed(1)} s`,
  );
  return `${lines.join('\n').trimStart()}\n`;
}

function rows(skills: readonly SkillReport[]): string[] {
  const head = [
    'skill',
    'words',
    'figures',
    'families',
    'kinds',
    'levels',
    'parametric',
    'variants',
    'cards',
    'resources',
  ];
  const body = skills.map((skill) => [
    skill.id,
    skill.words,
    skill.figures,
    Object.values(skill.families).reduce((sum, count) => sum + count, 0),
    Object.keys(skill.families).length,
    [1, 2, 3].map((level) => skill.levels[String(level)] ?? 0).join('/'),
    skill.parametric,
    skill.variants,
    skill.cards,
    skill.resources,
  ]);
  const cells = [head, ...body.map((row) => row.map(String))];
  const widths = head.map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)));
  return cells.map((row) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
  );
}
