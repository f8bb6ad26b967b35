/** A log entry as the provider holds it. */
export interface LogEntry {
  /** The provider's own id, by which an entry that is read twice is printed once. */
  readonly id: string;
  /** Unix time in milliseconds. */
  readonly atMs: number;
  readonly text: string;
}

/** A line of the function's log. */
export interface LogLine {
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}
