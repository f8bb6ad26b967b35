import type { LocalCloudEvent } from '@tricloud/local-cloud';
import type { ProviderId } from '@tricloud/core';

/** Tells a person or a program what happens while `tricloud dev` runs. */
export interface Reporter {
  /** Something happened in the local cloud. */
  event(event: LocalCloudEvent): void;
  /** The comparison that the runtimes answered with, as a person reads it and as data. */
  compared(told: Compared): void;
  /** The control API answers here. */
  console(url: string): void;
  /** Something worth knowing that is no event. */
  note(text: string): void;
  /** Leaves the terminal as a shell wants it. */
  end(): void;
}

/** What each runtime answered to the same workload, and whether that was the same. */
export interface Compared {
  readonly lines: readonly string[];
  readonly isSame: boolean;
  readonly comparison: unknown;
  readonly answers: Readonly<Partial<Record<ProviderId, string>>>;
}
