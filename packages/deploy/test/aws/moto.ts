import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Why the emulator cannot be used here; null where it can. */
export const noMotoBecause: string | null =
  spawnSync('moto_server', ['--version'], { stdio: 'ignore' }).error === undefined
    ? null
    : 'moto_server is not on the PATH: the recorded control plane stands in for it';

/** Starts Python's moto server, unpatched, on a port of its own; `onSpawn` gets its process before it answers. */
export async function startMoto(
  onSpawn: (child: ChildProcess) => void = () => {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
  });
  onSpawn(child);
  const ended = once(child, 'close');
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: unknown) => {
      said += String(chunk);
      const [, found] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new Error(`moto_server ended: ${said}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
