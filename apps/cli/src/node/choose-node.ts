/** A Node binary and its version, such as `24.22.3`. */
export interface NodeBinary {
  readonly path: string;
  readonly version: string;
}

/** Where a Node for the functions may come from. */
export interface NodeSources {
  /** `--node`: a binary, or a major version to look for. */
  readonly flag: NodeBinary | number | undefined;
  readonly deployedMajor: number;
  /** Node that runs the command. */
  readonly own: NodeBinary;
  /** Binary of a major version that `tricloud node install` has installed. */
  readonly cached: (major: number) => NodeBinary | undefined;
}

/**
 * Node that functions run on: the one of `--node`, else the command's own where its major is the deployed
 * one, else the installed one, else the command's own. `undefined` where `--node` names a major version
 * that is neither.
 */
export function chooseNode({
  flag,
  deployedMajor,
  own,
  cached,
}: NodeSources): NodeBinary | undefined {
  if (typeof flag === 'object') return flag;
  const major = flag ?? deployedMajor;
  if (majorOf(own.version) === major) return own;
  return cached(major) ?? (flag === undefined ? own : undefined);
}

/** `24` of `24.22.3`. */
export function majorOf(version: string): number {
  return Number(version.split('.', 1)[0]);
}
