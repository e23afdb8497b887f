import { openSchool, parseConfig, readLearner, startPractice, submitAttempt, getToday, getSkill, getProgress, getTrack, getNext, findViewer, getAccount } from '@edirae/school';
import { mkdtempSync, rmSync } from 'node:fs';
import { playPast } from './generate/play-past.ts';
import { someAnswer } from './load/some-answer.ts';
import { createToken } from '../packages/school/src/store/tokens.ts';
const dataDir = mkdtempSync('/tmp/c-cpu-');
const clock = { now: Date.now() };
const school = await openSchool(parseConfig({ EDIRAE_DATA: dataDir, EDIRAE_RATE_LIMIT: 'off', DATABASE_URL: process.env.DATABASE_URL }), { clock: () => clock.now });
const id = await playPast(school, clock, { events: 300, seed: 'x' });
const { state } = await readLearner(school, id);
const skills = state.opened.filter((s) => school.graph.skills.get(s)?.written);
const token = await createToken(school.db, id, { name: 'x', at: clock.now });
const headers = new Headers({ authorization: `Bearer ${token}` });
const time = async (name: string, n: number, f: (i: number) => Promise<unknown>) => {
  for (let i = 0; i < n / 2; i++) await f(i);
  const c = process.cpuUsage(); const t = performance.now();
  for (let i = 0; i < n; i++) await f(i);
  const u = process.cpuUsage(c);
  console.log(name.padEnd(14), 'cpu ms', ((u.user + u.system) / 1000 / n).toFixed(3), 'wall', ((performance.now() - t) / n).toFixed(3));
};
const items = new Map<number, any>();
const N = Number(process.argv[2] ?? 400);







let k = 0;

k = 0;
await time('practice+att', N, async (i) => { clock.now += 1000; const p = await startPractice(school, id, { skill: skills[k++ % skills.length]! }); if (p.outcome !== 'open') throw new Error(p.outcome);
  const r = await submitAttempt(school, id, { issueId: p.practice.item.issueId, answer: someAnswer(p.practice.item as never, Math.random), confidence: 75 }); if (r.outcome !== 'recorded' && r.outcome !== 'invalid-answer') throw new Error(r.outcome); });
await school.close(); rmSync(dataDir, { recursive: true });
