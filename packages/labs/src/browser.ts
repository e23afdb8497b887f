/** The browser half: practice runs against visible tests. Nothing here imports Node. */
export { createBrowserSandbox } from './browser/browser-sandbox.ts';
export type { BrowserSandboxOptions } from './browser/browser-sandbox.ts';
export { parseBrowserLab } from './browser/browser-lab.ts';
export type { BrowserLab } from './browser/browser-lab.ts';
export type { Result, TestOutcome } from './contract/result.ts';
export { gradeSubmission } from './grade/grade-submission.ts';
export { toSubmission } from './load/to-submission.ts';
