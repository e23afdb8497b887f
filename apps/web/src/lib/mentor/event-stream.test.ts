import { describe, expect, it } from 'vitest';
import { askAndHear, AskRefused, type Numbered } from './event-stream.ts';

const line = (id: number, event: object): string =>
  `id: ${id}\nevent: x\ndata: ${JSON.stringify({ id, ...event })}\n\n`;
const START = { type: 'start', messageId: 'm', conversationId: 'c', by: 'built-in' };
const DONE = { type: 'done', status: 'done', by: 'built-in', tokens: 0, costMicros: 0 };

function stream(...pieces: (string | Error)[]): Response {
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    }),
  );
}

async function hearAll(...responses: Response[]): Promise<{ heard: Numbered[]; asked: RequestInit[] }> {
  const heard: Numbered[] = [];
  const asked: RequestInit[] = [];
  await askAndHear(
    { text: 'q', mode: 'explain' },
    (one) => heard.push(one),
    async (_url, init) => {
      asked.push(init ?? {});
      return responses.shift() ?? Promise.reject(new TypeError('away'));
    },
  );
  return { heard, asked };
}

describe('hearing an answer', () => {
  it('takes events however they are cut, and no comment for one', async () => {
    const whole =
      line(1, START) +
      ': still here\n\n' +
      line(2, { type: 'text', text: 'Größe', html: '' }) +
      line(3, DONE);
    const { heard } = await hearAll(stream(whole.slice(0, 20), whole.slice(20, 90), whole.slice(90)));
    expect(heard.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('goes on after a lost connection from the last event heard', async () => {
    const { heard, asked } = await hearAll(stream(line(1, START), new Error('lost')), stream(line(2, DONE)));
    expect(heard.map(({ id }) => id)).toEqual([1, 2]);
    expect(asked[1]?.headers).toMatchObject({ 'last-event-id': '1' });
  });

  it('says why in a check', async () => {
    await expect(hearAll(new Response('{}', { status: 409 }))).rejects.toThrow(AskRefused);
  });
});
