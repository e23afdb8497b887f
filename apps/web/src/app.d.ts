import type { School, Viewer } from '@edirae/school';

declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      /** Quote it when reporting; the log holds the same id. */
      requestId?: string;
      /** Whole seconds to wait, when there were too many requests. */
      retryAfter?: number;
    }
    interface Locals {
      school: School;
      viewer: Viewer | null;
      /** `set-cookie` values that the school asks for; the hook adds them to the response. */
      setCookies: string[];
      requestId: string;
      settings: import('#lib/server/settings.ts').Settings;
    }
  }
}
