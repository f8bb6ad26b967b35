import type { Output, Paint } from '../terminal.ts';
import { eventLines } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** A line for each event, as a log wants it. */
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
