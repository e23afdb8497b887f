/**
 * `npm run --silent bench -- load [--learners 20] [--seconds 20] [--database sqlite|postgres] [--processes 1] [--past 300] [--profile DIR] [--url URL]`:
 * learners of a real evening (`load/mix.ts`) through pages and API of the built app, each acting again as soon as it was answered, beside a
 * bare transaction and a bare page at the same concurrency in the same run. Throwaway processes on a throwaway database unless `--url` names a
 * server to load: there the learners begin as guests, and the server needs EDIRAE_RATE_LIMIT=off. `--graders N` lets N of the learners do
 * nothing but hand in a lab and wait for its verdict: what the others then wait shows whether learner code is anybody's delay.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startGround, type Ground } from './load/ground.ts';
import { joinServer } from './load/join-server.ts';
import { measureLoad } from './load/measure.ts';
import type { Bench } from './main.ts';

const count = (most: number) => z.coerce.number().int().min(1).max(most);

const optionsSchema = z.strictObject({
  learners: count(1_000).default(20),
  seconds: count(3_600).default(20),
  processes: count(16).default(1),
  graders: z.coerce.number().int().min(0).max(1_000).default(0),
  past: count(100_000).default(300),
  database: z.enum(['sqlite', 'postgres']).optional(),
  profile: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
});

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      learners: { type: 'string' },
      seconds: { type: 'string' },
      processes: { type: 'string' },
      graders: { type: 'string' },
      past: { type: 'string' },
      database: { type: 'string' },
      profile: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const options = optionsSchema.parse(values);
  const { learners, seconds, graders, processes, past, profile, url } = options;
  const database = options.database ?? (processes > 1 ? 'postgres' : 'sqlite');
  const ground: Ground =
    url === undefined
      ? await startGround({ database, processes, learners, past, profile, progress })
      : await joinServer(url, learners);
  try {
    progress(`${learners} learners for ${seconds} s`);
    const measured = await measureLoad(ground, { learners, seconds, graders });
    return { database: url === undefined ? database : null, processes, past, graders, ...measured };
  } finally {
    await ground.remove();
  }
};
