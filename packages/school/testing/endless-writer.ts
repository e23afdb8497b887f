import { openTestKeeperAt } from './ledger-keeper.ts';
import { actOn, createLearner } from '../src/store/act-on.ts';

// Writes for ever and says so on standard output after each act was acknowledged; the test kills it.
const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const keeper = await openTestKeeperAt({ dataDir, databaseUrl: databaseUrl === '' ? null : databaseUrl });
const learnerId = await createLearner(keeper, null, async (tx) => tx.learnerId);
for (let n = 0; ; n++) {
  const head = await actOn(keeper, learnerId, async (tx) => {
    tx.append([
      { type: 'dispute-opened', body: { disputeId: `${n}`, issueId: 'i', text: 'x'.repeat(n % 900) } },
      { type: 'dispute-opened', body: { disputeId: `${n}-again`, issueId: 'i', text: '' } },
    ]);
    await tx.store.insertDispute({
      id: `${learnerId}-${n}`,
      issueId: 'i',
      family: 'f',
      variant: 'v',
      text: '',
      at: tx.now,
    });
    return tx.head;
  });
  process.stdout.write(`${learnerId} ${head.seq} ${head.hash}\n`);
}
