import type { FromWorker } from '../messages.ts';

/** Sends messages to the host, many at a time. */
export interface Outbox {
  post(message: FromWorker): void;
  flush(onSent?: () => void): void;
}

/**
 * Collects what is posted in one turn of the event loop into one message of the channel. A log line goes
 * at once, with what waits: a function that loops forever never comes to the next turn, and what it
 * logged before must be seen.
 */
export function createOutbox(send: (batch: FromWorker[], onSent?: () => void) => void): Outbox {
  let queue: FromWorker[] = [];
  let isScheduled = false;
  const flush = (onSent?: () => void): void => {
    isScheduled = false;
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
      if (message.type === 'log') flush();
      else if (!isScheduled) {
        isScheduled = true;
        setImmediate(flushLater);
      }
    },
  };
}
