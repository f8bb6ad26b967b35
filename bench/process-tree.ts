import { readdir, readFile } from 'node:fs/promises';

/** Memory of a process and all below it as Linux shares it out between them, `null` elsewhere. */
export async function proportionalSetSizeMB(pid: number | undefined): Promise<number | null> {
  if (pid === undefined) return null;
  try {
    const sizes = await Promise.all((await treeOf(pid)).map(pssKB));
    const sum = sizes.reduce((a, b) => a + b, 0);
    return sum === 0 ? null : (sum * 1024) / 1e6;
  } catch {
    return null;
  }
}

async function treeOf(root: number): Promise<readonly number[]> {
  const parents = await parentsByPid();
  const tree = [root];
  // Grows while it is walked: children of children come after their parents.
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  return tree;
}

async function parentsByPid(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const pairs = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // proc(5): the name in brackets may hold anything; state and parent follow its last bracket.
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [pid, Number(parent)] as const;
    }),
  );
  return new Map(pairs);
}

async function pssKB(pid: number): Promise<number> {
  // A process may end between the listing and the reading.
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
}
