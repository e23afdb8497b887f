import { readFile } from 'node:fs/promises';
import { importCsv, importPackage } from '@edirae/school';
import { fail } from '@sveltejs/kit';
import { ensureLearner, requireViewer, tooMany } from '#lib/server/learner.ts';
import { receiveFile } from '#lib/server/receive-file.ts';
import type { Actions, PageServerLoad } from './$types';

const MIB = 1024 * 1024;
/** A package with its pictures; a table is text. */
const PACKAGE_LIMIT = 256 * MIB;
const TABLE_LIMIT = 8 * MIB;

export const load: PageServerLoad = ({ locals }) => {
  requireViewer(locals, '/library/cards');
};

export const actions: Actions = {
  default: async (event) => {
    const learnerId = await ensureLearner(event);
    const { school } = event.locals;
    const file = await receiveFile(event.request, { folder: school.config.dataDir, limit: PACKAGE_LIMIT });
    if (file === 'no-file') return fail(422, { problem: 'Choose a file first. Nothing was taken over.' });
    if (file === 'too-large')
      return fail(413, {
        problem:
          'The file is larger than 256 MiB. Export the deck without media, or in parts. Nothing was taken over.',
      });
    try {
      const isTable = /\.(?:csv|tsv|txt)$/i.test(file.name);
      if (isTable && file.bytes > TABLE_LIMIT)
        return fail(413, { problem: 'A table may be 8 MiB at most. Nothing was taken over.' });
      const result = isTable
        ? await importCsv(school, learnerId, {
            text: await readFile(file.path, 'utf8'),
            deck: file.name.replace(/\.\w+$/, ''),
          })
        : await importPackage(school, learnerId, file.path);
      switch (result.outcome) {
        case 'imported':
          return { imported: { ...result, name: file.name.slice(0, 200) } };
        case 'refused':
          return fail(422, { problem: `Nothing was taken over. ${result.why}` });
        case 'busy':
          return fail(503, {
            problem: 'Somebody else’s deck is being read. Nothing was taken over; try again in a minute.',
          });
        default:
          return tooMany(result.retryAfter);
      }
    } finally {
      await file.remove();
    }
  },
};
