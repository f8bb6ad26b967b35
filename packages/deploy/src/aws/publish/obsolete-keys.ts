/** Deployments that stay in the bucket. */
const kept = 5;

/**
 * Keys of the bucket that no deployment needs any more: the templates of all but the last five deployments, and the
 * packages that only those use. What is deployed and what a rollback restores stay, however old they are.
 */
export function obsoleteKeys(
  keys: readonly string[],
  { prefix, inUse }: { readonly prefix: string; readonly inUse: readonly string[] },
): readonly string[] {
  const needed = new Set([...foldersIn(keys, prefix).slice(-kept), ...inUse]);
  const packages = new Set([...needed].map((folder) => folder.slice(-64)));
  return keys.filter((key) => {
    const folder = folderOf(key, prefix);
    if (folder !== null) return !needed.has(folder);
    const [, sha256] = /\/packages\/([0-9a-f]{64})\.zip$/.exec(key) ?? [];
    return key.startsWith(prefix) && sha256 !== undefined && !packages.has(sha256);
  });
}

/** Folders of deployments, the oldest first. */
export function foldersIn(keys: readonly string[], prefix: string): readonly string[] {
  return [...new Set(keys.flatMap((key) => folderOf(key, prefix) ?? []))].sort();
}

/** Folder of the deployment that a key belongs to, ours or the Serverless Framework's: a time comes first in its name. */
function folderOf(key: string, prefix: string): string | null {
  const [, folder] = /^(\d{13}-[^/]+)\//.exec(key.slice(prefix.length)) ?? [];
  return key.startsWith(prefix) && folder !== undefined ? `${prefix}${folder}` : null;
}
