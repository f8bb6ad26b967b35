/** What was looked at, as a line of `tricloud doctor`. */
export interface Check {
  /** Such as `credentials` or `quota`. */
  readonly name: string;
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  /** What was found; never the value of a credential. */
  readonly found: string;
  /** The command that mends it, where there is one. */
  readonly mend: string | null;
}

/** One of them. */
export function check(
  name: string,
  state: Check['state'],
  found: string,
  mend: string | null = null,
): Check {
  return { name, state, found, mend };
}
