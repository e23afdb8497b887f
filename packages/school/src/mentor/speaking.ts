/** Answers under way in this process: who may stop them, and who wants to hear of what was stored. */
export interface Speaking {
  /** Registers an answer and gives the signal that ends it. A learner has one at a time: an earlier one is ended. */
  begin(learnerId: string, messageId: string): AbortSignal;
  /** The promise of an answer's end, so that closing can wait for it. */
  track(messageId: string, work: Promise<void>): void;
  /** Ends an answer; false where it is not under way here. */
  stop(messageId: string): boolean;
  /** Ends whatever is being said to a learner. */
  silence(learnerId: string): void;
  /** Something was stored for the message. */
  announce(messageId: string): void;
  /** Resolves at the next announcement, or after `ms`. */
  wait(messageId: string, ms: number): Promise<void>;
  stopAll(): Promise<void>;
}

interface Answer {
  learnerId: string;
  control: AbortController;
}

export function createSpeaking(): Speaking {
  const answers = new Map<string, Answer>();
  const ended = new Map<string, Promise<void>>();
  const waiting = new Map<string, Set<() => void>>();

  const speaking: Speaking = {
    begin(learnerId, messageId) {
      speaking.silence(learnerId);
      const control = new AbortController();
      answers.set(messageId, { learnerId, control });
      return control.signal;
    },
    track(messageId, work) {
      ended.set(
        messageId,
        work.finally(() => {
          answers.delete(messageId);
          ended.delete(messageId);
          speaking.announce(messageId);
        }),
      );
    },
    stop(messageId) {
      const answer = answers.get(messageId);
      answer?.control.abort();
      return answer !== undefined;
    },
    silence(learnerId) {
      for (const answer of answers.values()) if (answer.learnerId === learnerId) answer.control.abort();
    },
    announce(messageId) {
      const listeners = waiting.get(messageId);
      waiting.delete(messageId);
      for (const wake of listeners ?? []) wake();
    },
    wait(messageId, ms) {
      return new Promise((done) => {
        const listeners = waiting.get(messageId) ?? new Set();
        const wake = (): void => {
          clearTimeout(timer);
          listeners.delete(wake);
          done();
        };
        const timer = setTimeout(wake, ms);
        listeners.add(wake);
        waiting.set(messageId, listeners);
      });
    },
    async stopAll() {
      for (const { control } of answers.values()) control.abort();
      await Promise.allSettled(ended.values());
    },
  };
  return speaking;
}
