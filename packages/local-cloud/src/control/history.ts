import type { InvocationRecord, LocalCloudEvent } from '../options.ts';

/** The latest records, and the listeners to events. */
export interface History {
  add(event: LocalCloudEvent): void;
  records(): readonly InvocationRecord[];
  /** The function returned ends the subscription. */
  subscribe(listener: (event: LocalCloudEvent) => void): () => void;
}

/** Remembers the last records, as many as the bound, the latest at the end. */
export function createHistory(bound = 1000): History {
  const records: InvocationRecord[] = [];
  const listeners = new Set<(event: LocalCloudEvent) => void>();
  return {
    add(event) {
      if (event.type === 'record') {
        records.push(event.record);
        if (records.length > bound * 2) records.splice(0, records.length - bound);
      }
      for (const listener of listeners) listener(event);
    },
    records: () => records.slice(-bound),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
