import { pathToFileURL } from 'node:url';

/** A command gets its arguments and resolves to the exit code. */
type Command = (args: string[]) => Promise<number>;

/** Loaded only when called, so that each command starts as fast as it can. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  audit: async () => (await import('./commands/audit.ts')).runAudit,
  backup: async () => (await import('./commands/backup.ts')).runBackup,
  cards: async () => (await import('./commands/cards.ts')).runCards,
  content: async () => (await import('./commands/content.ts')).runContent,
  doctor: async () => (await import('./commands/doctor.ts')).runDoctor,
  erase: async () => (await import('./commands/erase.ts')).runErase,
  export: async () => (await import('./commands/export.ts')).runExport,
  jobs: async () => (await import('./commands/jobs.ts')).runJobs,
  lab: async () => (await import('./commands/lab.ts')).runLab,
  migrate: async () => (await import('./commands/migrate.ts')).runMigrate,
  move: async () => (await import('./commands/move.ts')).runMove,
  refit: async () => (await import('./commands/refit.ts')).runRefit,
  restore: async () => (await import('./commands/restore.ts')).runRestore,
  simulate: async () => (await import('./commands/simulate.ts')).runSimulate,
  verify: async () => (await import('./commands/verify.ts')).runVerify,
  work: async () => (await import('./commands/work.ts')).runWork,
};

/** Runs the command named by the first argument. Exit code 2 is a mistake in how it was called. */
export async function main(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    process.stderr.write(`usage: edirae <command> …\ncommands: ${Object.keys(COMMANDS).join(', ')}\n`);
    return 2;
  }
  const run = await load();
  return run(rest);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
