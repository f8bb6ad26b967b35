export { deferred } from './deferred.ts';

/** Ends this process when its supervisor has exited; the channel alone does not keep it alive. */
export function exitWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  process.channel?.unref();
}

/** Answers the supervisor's pings for as long as the event loop turns. */
export function answerPings(): void {
  process.on('message', () => process.send?.({ pong: true }));
  process.channel?.unref();
}

/**
 * Makes writes to stdout and stderr wait for the reader, as a terminal or a file does. Node buffers what a pipe's
 * reader has not taken: the output of a function would fill the memory of its instance, and be lost with it.
 */
export function blockOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const handle: unknown = Reflect.get(stream, '_handle');
    if (typeof handle !== 'object' || handle === null) continue;
    // Node's own way for pipes on Windows; there is no public one (nodejs/node, lib/net.js).
    const setBlocking: unknown = Reflect.get(handle, 'setBlocking');
    if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [true]);
  }
}

/**
 * Returns at once in a process that was started to serve. A stand-by process waits for its assignment: the
 * environment and the working directory of the instance that it becomes.
 */
export async function awaitAssignment(): Promise<void> {
  // The constant is not imported: a child loads as little as possible.
  if (process.env['TRICLOUD_STANDBY'] === undefined) return;
  // Node loads its fetch and its HTTP client on first use: a stand-by process has the time.
  void import('node:http');
  void new Response(new Request('http://localhost').body);
  const assignment = await new Promise<unknown>((resolve) => {
    process.channel?.ref();
    process.once('message', resolve);
  });
  process.channel?.unref();
  if (!isAssignment(assignment)) {
    throw new TypeError('The assignment of a stand-by process has no environment.');
  }
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, assignment.env);
  process.chdir(assignment.cwd);
}

function isAssignment(
  value: unknown,
): value is { readonly env: Record<string, string>; readonly cwd: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'env' in value &&
    typeof value.env === 'object' &&
    'cwd' in value &&
    typeof value.cwd === 'string'
  );
}
