/** Fetches files into the browser's cache, where a worker finds them, and tells how many bytes have come. */
export async function download(
  urls: readonly string[],
  signal: AbortSignal,
  onLoaded: (bytes: number) => void,
  get: typeof fetch = fetch,
): Promise<void> {
  let loaded = 0;
  await Promise.all(
    urls.map(async (url) => {
      const response = await get(url, { signal });
      if (!response.ok || !response.body) throw new Error(`${url} could not be fetched: ${response.status}`);
      for (const reader = response.body.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) return;
        loaded += value.length;
        onLoaded(loaded);
      }
    }),
  );
}
