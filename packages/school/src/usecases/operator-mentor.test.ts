import { afterEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { browser, openTestSchool, type TestSchool } from '../../testing/school.ts';
import { claimAccount } from './claim-account.ts';
import { findViewer } from './find-viewer.ts';
import { listAuditLog } from './list-audit-log.ts';
import { setOperatorModel } from './operator-mentor.ts';

describeOnBoth('the operator’s model', (kind) => {
  let school: TestSchool;
  afterEach(() => school.remove());

  it('is set by an operator alone, and who set it stands in the log, without the key', async () => {
    school = await openTestSchool(kind);
    const claim = { email: 'first@example.org', password: 'long enough for anybody' };
    const claimed = await claimAccount(school, null, claim, { headers: new Headers() });
    if (claimed.outcome !== 'claimed') throw new Error(claimed.outcome);
    const operator = await findViewer(school, browser(claimed.setCookies));
    const model = {
      provider: 'openai-compatible' as const,
      model: 'small',
      baseUrl: 'http://user:hidden@127.0.0.1:9/v1',
      apiKey: 'hidden',
    };
    expect(await setOperatorModel(school, null, model)).toEqual({ outcome: 'not-found' });
    expect(await listAuditLog(school)).toEqual([]);
    expect(await setOperatorModel(school, operator, model)).toMatchObject({ outcome: 'set' });
    expect(await setOperatorModel(school, operator, null)).toEqual({ outcome: 'removed' });
    const log = await listAuditLog(school);
    expect(log).toMatchObject([
      { act: 'set-model', details: { model: null }, by: `account ${operator?.userId}` },
      { act: 'set-model', details: { model: 'small', at: 'http://127.0.0.1:9' } },
    ]);
    expect(JSON.stringify(log)).not.toContain('hidden');
  });
});
