import type { Output } from '../terminal.ts';
import type { Reporter } from './reporter.ts';

/** Prints one line of JSON an event. */
export function jsonReporter(output: Output): Reporter {
  const say = (value: object) => output.write(`${JSON.stringify(value)}\n`);
  return {
    event: say,
    compared: ({ isSame, answers, comparison }) =>
      say({ type: 'comparison', isSame, answers, comparison }),
    console: (url) => say({ type: 'console', url }),
    note: (text) => say({ type: 'note', text }),
    end: () => {},
  };
}
