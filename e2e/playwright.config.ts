import { defineConfig } from '@playwright/test';
import { findChromium } from './find-chromium.ts';

const executablePath = findChromium();
if (!executablePath)
  console.log('No Chromium found (CHROMIUM_PATH, chromium, google-chrome): the journeys are skipped.');

/** Journeys run against the built app, one server a worker, each with a data folder of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  timeout: 300_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: false,
  // Two servers, two browsers and a database share two cores in CI: once more tells a slow machine from a fault.
  retries: process.env['CI'] ? 1 : 0,
  ...(executablePath ? {} : { grep: /^$/ }),
  reporter: process.env['REPORT'] ? [['list'], ['json', { outputFile: process.env['REPORT'] }]] : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    trace: 'off',
  },
});
