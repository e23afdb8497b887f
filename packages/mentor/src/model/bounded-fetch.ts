import type { ModelFailure } from '../events.ts';
import type { Fetch } from './settings.ts';

/** Something a provider did that ends the exchange. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly code: ModelFailure;
  /** Not worth another try. */
  readonly isRetryable = false;

  constructor(code: ModelFailure) {
    super(code);
    this.code = code;
  }
}

/** Requests for one answer, retries and tool steps included. */
const MOST_CALLS = 8;
/** Bytes of one answer, unpacked: some fifty times the longest that is shown. */
const MOST_BYTES = 1024 * 1024;

/** A fetch that follows no redirect, asks a bounded number of times, and reads a bounded number of bytes, unpacked. */
export function boundFetch(fetch: Fetch): Fetch {
  let calls = 0;
  return async (input, init) => {
    calls += 1;
    if (calls > MOST_CALLS) throw new ProviderFault('broken-answer');
    const response = await fetch(input, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw new ProviderFault('redirected');
    }
    if (response.body === null) return response;
    const { status, statusText, headers } = response;
    // Taken over without its length and packing, which describe the bytes on the wire.
    const kept = new Headers(headers);
    kept.delete('content-length');
    kept.delete('content-encoding');
    return new Response(response.body.pipeThrough(limitBytes()), { status, statusText, headers: kept });
  };
}

function limitBytes(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let read = 0;
  return new TransformStream({
    transform(chunk, controller) {
      read += chunk.byteLength;
      if (read > MOST_BYTES) controller.error(new ProviderFault('too-large'));
      else controller.enqueue(chunk);
    },
  });
}
