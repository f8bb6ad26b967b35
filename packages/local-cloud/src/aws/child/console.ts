import { format } from 'node:util';

let requestId = '-';

/** Names the invocation that what is logged from now on belongs to. */
export function setRequestId(id: string): void {
  requestId = id;
}

/** Writes what goes through `console` as Lambda's runtime does: time, request id, level and text on one line. */
export function patchConsole(): void {
  console.log = to('INFO');
  console.info = to('INFO');
  console.debug = to('DEBUG');
  console.trace = to('TRACE');
  console.warn = to('WARN');
  console.error = to('ERROR');
}

function to(level: string): (...parts: unknown[]) => void {
  return (...parts) => {
    const text = `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...parts)}`;
    const stream = level === 'ERROR' || level === 'WARN' ? process.stderr : process.stdout;
    stream.write(`${text.replaceAll('\n', '\r')}\n`);
  };
}
