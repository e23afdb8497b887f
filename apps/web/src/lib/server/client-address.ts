/** What all requests share whose sender is not known: one bucket of each rate limit. */
const UNKNOWN = 'unknown';

/**
 * Address of the client. Behind a proxy that names it in a header (ADDRESS_HEADER), a request that came around the proxy has none; it is
 * answered like any other, and counted with all its kind.
 */
export function clientAddress(event: { getClientAddress(): string }): string {
  return findClientAddress(event) ?? UNKNOWN;
}

/** Null where it is not known. */
export function findClientAddress(event: { getClientAddress(): string }): string | null {
  try {
    return event.getClientAddress();
  } catch {
    return null;
  }
}
