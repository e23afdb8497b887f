import { backUp } from '../src/usecases/back-up.ts';
import { moveSchool } from '../src/usecases/move-school.ts';
import { restoreSchool } from '../src/usecases/restore-school.ts';

// Moves or restores in a process of its own, for a test to kill. `from` is a data folder, or a backup's.
const [act = '', from = '', toFolder = '', toDatabase = ''] = process.argv.slice(2);
const to = { dataDir: toFolder, databaseUrl: toDatabase === '' ? null : toDatabase, secret: null };
const place = { dataDir: from, databaseUrl: null, secret: null };
if (act === 'move') await moveSchool(place, to, { replace: false });
else if (act === 'restore') await restoreSchool(to, from, { replace: false });
else await backUp(place, toFolder, { by: 'test' });
