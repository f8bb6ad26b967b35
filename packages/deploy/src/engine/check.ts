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

/**
 * Compares this machine's clock with a provider's, whose answer came between two times; empty where it has no date.
 * Providers refuse tokens and signatures from five minutes of difference on.
 */
export function clockCheck(
  beforeMs: number,
  answer: { readonly headers: { get(name: string): string | null } },
  afterMs: number,
): readonly Check[] {
  const dateMs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(dateMs)) return [];
  // The header has whole seconds.
  const skewMs = Math.max(dateMs - afterMs, beforeMs - (dateMs + 1000), 0);
  const found = skewMs < 1000 ? 'same as the provider’s' : `${Math.round(skewMs / 1000)} s off`;
  if (skewMs < 240_000) return [check('clock', 'good', found)];
  return [check('clock', 'bad', found, 'sudo timedatectl set-ntp true')];
}
