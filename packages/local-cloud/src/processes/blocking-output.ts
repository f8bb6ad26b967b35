/**
 * Makes writing to stdout and stderr wait for the reader, as a terminal or a file does. Node writes to a pipe
 * as the reader takes it: what a function printed would be held in the memory of its instance, and be lost with it.
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
