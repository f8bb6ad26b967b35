import type { LocalCloudEvent } from '@tricloud/local-cloud';
import type { ProviderId } from '@tricloud/core';

/** Reports the events of `tricloud dev` to a person or a program. */
export interface Reporter {
  /** Reports an event of the local cloud. */
  event(event: LocalCloudEvent): void;
  /** Reports the comparison that the runtimes returned. */
  compared(result: Compared): void;
  /** Reports the URL of the control API. */
  console(url: string): void;
  /** Reports anything else. */
  note(text: string): void;
  /** Leaves the terminal ready for a shell prompt. */
  end(): void;
}

/** Responses of the runtimes to the same workload, compared. */
export interface Compared {
  readonly lines: readonly string[];
  readonly isSame: boolean;
  readonly comparison: unknown;
  readonly answers: Readonly<Partial<Record<ProviderId, string>>>;
}
