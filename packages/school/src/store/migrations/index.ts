import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../database-kind.ts';
import { accounts } from './0001-accounts.ts';
import { learnersAndLedger } from './0002-learners-and-ledger.ts';
import { jobs } from './0003-jobs.ts';
import { safety } from './0004-safety.ts';
import { interviews } from './0006-interviews.ts';
import { labs } from './0007-labs.ts';
import { tokenRights } from './0008-token-rights.ts';
import { mentor } from './0009-mentor.ts';
import { cards } from './0011-cards.ts';
import { cardMedia } from './0012-card-media.ts';
import { library } from './0013-library.ts';
import { estimators } from './0014-estimators.ts';

/** All migrations in order. A published one is never edited: the next change is a new file. */
export function listMigrations(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-accounts': accounts(kind),
    '0002-learners-and-ledger': learnersAndLedger,
    '0003-jobs': jobs,
    '0004-safety': safety(kind),
    '0006-interviews': interviews,
    '0007-labs': labs,
    '0008-token-rights': tokenRights,
    '0009-mentor': mentor,
    '0011-cards': cards,
    '0012-card-media': cardMedia(kind),
    '0013-library': library,
    '0014-estimators': estimators,
  };
}
