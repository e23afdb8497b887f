/** What a worker answers requests with: one JSON text a message, in the order they came. */
export interface WorkerRunner {
  handle(request: string): Promise<string>;
}

/** The part of a worker's global scope that is used; the page's types are not the worker's. */
export interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: string): void;
}

/** Starts a runner from the first message and answers all that follow. */
export function serveWorker(
  scope: WorkerScope,
  start: (setup: Record<string, string>) => Promise<WorkerRunner>,
): void {
  const post = scope.postMessage.bind(scope);
  let queue: Promise<WorkerRunner> | undefined;
  scope.addEventListener('message', ({ data }) => {
    const text = String(data);
    if (!queue) {
      queue = start(JSON.parse(text) as Record<string, string>);
      queue.then(
        () => post('{"ready":true}'),
        (error: unknown) => {
          // An error that nobody catches reaches the page, which then knows that this worker is none.
          setTimeout(() => {
            throw error;
          });
        },
      );
      return;
    }
    queue = queue.then(async (runner) => {
      post(await runner.handle(text));
      return runner;
    });
  });
}
