import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { answerItem, showItem } from '../../testing/take-items.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { actOn } from '../store/act-on.ts';

describeOnBoth('metrics', (kind) => {
  let school: TestSchool;
  beforeEach(async () => {
    school = await openTestSchool(kind);
  });
  afterEach(async () => {
    await school.remove();
  });

  const lines = async () => (await school.metrics.expose()).text.split('\n');

  it('count an answer once it is committed, and not before', async () => {
    const learner = await startLearner(school);
    const issue = await showItem(school, learner, { skill: 'a', family: 'a-one', variant: '1' });
    await answerItem(school, learner, issue, 'incorrect');
    const undone = actOn(school, learner, async (tx) => {
      tx.append([{ type: 'dispute-opened', body: { disputeId: 'd', issueId: issue, text: '' } }]);
      throw new Error('on purpose');
    });
    await expect(undone).rejects.toThrow('on purpose');
    expect(await lines()).toContain('edirae_attempts_total{place="practice",outcome="incorrect"} 1');
    expect((await lines()).join('\n')).not.toContain('dispute-opened');
  });

  it('tell statements by their verb, and that the database answers', async () => {
    await startLearner(school);
    const exposed = await lines();
    expect(exposed).toContain('edirae_database_up 1');
    for (const verb of ['select', 'insert', 'begin', 'commit'])
      expect(
        exposed.some((line) => line.startsWith(`edirae_database_query_seconds_count{verb="${verb}"}`)),
      ).toBe(true);
  });

  it('are there although the database is not', async () => {
    const { metrics } = school;
    await school.close();
    expect((await metrics.expose()).text).toContain('edirae_database_up 0');
    school = await school.reopen();
  });

  it('name no learner', async () => {
    const learner = await startLearner(school);
    expect((await lines()).join('\n')).not.toContain(learner);
  });
});
