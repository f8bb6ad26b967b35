import type { FromWorker } from '../messages.ts';

/** Sends messages to the host, many at a time. */
export interface Outbox {
  post(message: FromWorker): void;
  flush(onSent?: () => void): void;
}

/** A log line waits no longer than this behind code that does not yield. */
const longestWaitMs = 5;

/** Collects what is posted in one turn of the event loop into one message of the channel. */
export function createOutbox(send: (batch: FromWorker[], onSent?: () => void) => void): Outbox {
  let queue: FromWorker[] = [];
  let isScheduled = false;
  let lastSent = 0;
  const flush = (onSent?: () => void): void => {
    isScheduled = false;
    lastSent = performance.now();
    if (queue.length === 0) {
      onSent?.();
      return;
    }
    const batch = queue;
    queue = [];
    send(batch, onSent);
  };
  const flushLater = (): void => flush();
  return {
    flush,
    post(message) {
      queue.push(message);
      // A function that loops for ever never comes to the next turn, but what it logged must be seen.
      if (message.type === 'log' && performance.now() - lastSent > longestWaitMs) flush();
      else if (!isScheduled) {
        isScheduled = true;
        setImmediate(flushLater);
      }
    },
  };
}
