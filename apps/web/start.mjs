/**
 * `npm start`. Plain JavaScript, so that an older Node, which cannot read TypeScript, can still say what is wrong.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Edirae needs Node 24 or newer; this is ${process.version}. On Linux, npm ci brings Node 24 along and "npm start" uses it; elsewhere install Node 24 from https://nodejs.org.`,
  );
  process.exit(2);
}
await import('./start.ts');
