import { connect, type Client } from '../load/client.ts';
import type { MadeLearner } from '../load/make-learners.ts';
import { someAnswer, type Item } from '../load/some-answer.ts';

/** An answer that the server said it has recorded. */
export interface Acknowledged {
  issueId: string;
  /** Null where no verdict was told. */
  correct: boolean | null;
}

/** Learners who practise until they are told to stop, and remember what they were told. */
export interface Crowd {
  acknowledged: readonly Acknowledged[];
  /** Journeys that ended otherwise than in a verdict, in words. */
  failed: readonly string[];
  stop(): Promise<void>;
}

/** Longer than the balancer tries. Milliseconds. */
const PATIENCE = 90_000;

/** Everybody goes on as soon as they are answered. @param url of what stands before the web processes */
export function startCrowd(url: string, learners: readonly MadeLearner[], random: () => number): Crowd {
  const acknowledged: Acknowledged[] = [];
  const failed: string[] = [];
  const state = { isOver: false };
  const going = learners.map(async (learner) => {
    const client = connect(url, learner.token, PATIENCE);
    while (!state.isOver) {
      const skill = learner.skills[Math.floor(random() * learner.skills.length)] ?? '';
      try {
        acknowledged.push(await practise(client, skill, random));
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error));
      }
    }
    client.close();
  });
  return {
    acknowledged,
    failed,
    async stop() {
      state.isOver = true;
      await Promise.all(going);
    },
  };
}

async function practise(client: Client, skill: string, random: () => number): Promise<Acknowledged> {
  const asked = await client.post('/api/v1/practice', { skill });
  if (asked.status >= 300)
    throw new Error(`POST /practice answered ${asked.status}: ${asked.body.slice(0, 200)}`);
  const { item } = JSON.parse(asked.body) as { item: Item };
  const answered = await client.post('/api/v1/attempts', {
    issueId: item.issueId,
    answer: someAnswer(item, random),
  });
  if (answered.status >= 300)
    throw new Error(`POST /attempts answered ${answered.status}: ${answered.body.slice(0, 200)}`);
  const { correct } = JSON.parse(answered.body) as { correct: boolean | null };
  return { issueId: item.issueId, correct };
}
