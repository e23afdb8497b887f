import type { MentorEventView } from '@edirae/school';

/** An event with its number: where a lost connection is taken up. */
export interface Numbered {
  id: number;
  event: MentorEventView;
}

/** Why asking did not work, for a person. */
export class AskRefused extends Error {
  override readonly name = 'AskRefused';
}

export interface Ask {
  text: string;
  skill?: string | undefined;
  issueId?: string | undefined;
  /** The lab it is about. */
  lab?: string | undefined;
  mode: string;
  conversationId?: string | undefined;
  work?: { name: string; text: string } | undefined;
}

const MOST_RETURNS = 5;

/**
 * Asks, and hears the answer to its end. A connection that breaks is taken up where it broke, since everything is stored before it is
 * sent. @throws AskRefused
 */
export async function askAndHear(
  ask: Ask,
  hear: (heard: Numbered) => void,
  fetcher: typeof fetch = fetch,
): Promise<void> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  let response: Response;
  try {
    response = await fetcher('/api/v1/mentor/messages', {
      method: 'POST',
      headers,
      body: JSON.stringify(ask),
    });
  } catch {
    throw new AskRefused('The server cannot be reached. Your question is still in the field; try again.');
  }
  if (!response.ok) throw new AskRefused(await explain(response));
  let last = 0;
  let messageId: string | undefined;
  let ended = false;
  const take = (heard: Numbered): void => {
    last = heard.id;
    if (heard.event.type === 'start') messageId = heard.event.messageId;
    if (heard.event.type === 'done') ended = true;
    hear(heard);
  };
  for (let returns = 0; ; returns++) {
    try {
      await readEvents(response, take);
    } catch {
      // Lost on the way: taken up below.
    }
    if (ended) return;
    if (returns >= MOST_RETURNS || messageId === undefined)
      throw new AskRefused('The connection was lost. What was said is kept: reload to read it.');
    await new Promise((done) => setTimeout(done, 400 * 2 ** returns));
    try {
      response = await fetcher(`/api/v1/mentor/messages/${messageId}/events`, {
        headers: { accept: 'text/event-stream', 'last-event-id': String(last) },
      });
    } catch {
      // Still away; the next turn tries again.
    }
  }
}

async function explain(response: Response): Promise<string> {
  if (response.status === 409)
    return 'A check is open, and the mentor is silent until it has ended. Nothing was sent.';
  if (response.status === 429) {
    const seconds = response.headers.get('retry-after');
    return `That was quick. Ask again in ${seconds ?? 'a few'} seconds; your question is still in the field.`;
  }
  if (response.status === 422)
    return 'This cannot be sent as it is: at most 8,000 characters, and 40,000 of work.';
  return 'Something broke on our side. Your question is still in the field; try again.';
}

/** Server-sent events as they come. */
export async function readEvents(response: Response, take: (heard: Numbered) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let held = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held += value;
    for (let end = held.indexOf('\n\n'); end !== -1; end = held.indexOf('\n\n')) {
      const data = held
        .slice(0, end)
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice('data: '.length))
        .join('\n');
      held = held.slice(end + 2);
      if (data === '') continue;
      const { id, ...event } = JSON.parse(data) as MentorEventView & { id: number };
      take({ id, event: event as MentorEventView });
    }
  }
}

export async function stopAnswer(messageId: string): Promise<void> {
  await fetch(`/api/v1/mentor/messages/${messageId}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => undefined);
}
