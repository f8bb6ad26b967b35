import type { Output, Paint } from '../terminal.ts';
import { eventLines } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Prints one line an event, for a log. */
export function plainReporter(output: Output, paint: Paint): Reporter {
  const say = (lines: readonly string[]) => lines.forEach((line) => output.write(`${line}\n`));
  return {
    event: (event) => say(eventLines(event, paint)),
    compared: ({ lines }) => say(['', ...lines, '']),
    console: (url) => say([`console ${url}`]),
    note: (text) => say([`note: ${text}`]),
    end: () => {},
  };
}
