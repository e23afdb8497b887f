import { GOAL } from '../generate/play-past.ts';
import { connect } from './client.ts';
import type { Ground } from './ground.ts';
import type { MadeLearner } from './make-learners.ts';

/** Guests with a goal on a server that runs already. */
export async function joinServer(url: string, learners: number): Promise<Ground> {
  const { origin } = new URL(url);
  const made: MadeLearner[] = [];
  for (let n = 0; n < learners; n++) made.push(await beGuest(origin));
  return { origins: [origin], learners: made, transaction: null, pids: null, remove: async () => {} };
}

async function beGuest(origin: string): Promise<MadeLearner> {
  const nobody = connect(origin, '');
  const { token } = await asked<{ token: string }>(nobody.post('/api/v1/guests', {}));
  nobody.close();
  const guest = connect(origin, token);
  const { track } = await asked<{ track: { skills: { id: string; open: boolean }[] } }>(
    guest.post('/api/v1/goals', { text: GOAL }),
  );
  const skills: string[] = [];
  // A skill may be open and its items still being written.
  for (const { id } of track.skills.filter((skill) => skill.open))
    if ((await guest.post('/api/v1/practice', { skill: id })).status < 400) skills.push(id);
  guest.close();
  if (skills.length === 0) throw new Error('The goal opened no skill that can be practised on this server.');
  return { token, skills };
}

async function asked<T>(answer: Promise<{ status: number; body: string }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 400) throw new Error(`The server answered ${status}: ${body.slice(0, 200)}`);
  return JSON.parse(body) as T;
}
