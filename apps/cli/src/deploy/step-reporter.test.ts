import { describe, expect, test } from 'vitest';
import { stepReporter } from './step-reporter.ts';

const moveUp = new RegExp(String.raw`^${'\u001b'}\[(\d+)A$`);
const pieces = new RegExp(String.raw`(\n|${'\u001b'}\[\d*[A-Z])`);

/** What is on a screen after everything that was written to it. */
function screen(columns: number) {
  let lines = [''];
  const write = (text: string) => {
    for (const part of text.split(pieces)) {
      const up = moveUp.exec(part)?.[1];
      if (part === '\n') lines.push('');
      else if (part === '\u001b[J') lines = lines.slice(0, -1).concat('');
      else if (up !== undefined) lines = lines.slice(0, lines.length - Number(up));
      else lines[lines.length - 1] += part;
    }
  };
  return { isTTY: true, columns, write, lines: () => lines.filter((line) => line !== '') };
}

const clock = () => {
  let ms = 0;
  return () => (ms += 500);
};
const asIs = (text: string) => text;
const redact = (text: string) => text.replaceAll('hunter2', '***');

describe('the steps of a deployment', () => {
  test('are plain lines in a log, what is secret and what moves the cursor taken out', () => {
    const lines: string[] = [];
    const output = { write: (text: string) => lines.push(text) };
    const reporter = stepReporter(output, {}, redact, clock());
    const tell = reporter.of('aws');
    tell({
      name: 'upload the deployment package',
      state: 'started',
      detail: 'with hunter2\u001b[2J\nnow',
    });
    tell({ name: 'upload the deployment package', state: 'progress', detail: '1 of 2' });
    tell({ name: 'upload the deployment package', state: 'done' });
    reporter.of('google')({ name: 'update', state: 'skipped', detail: 'nothing to change' });
    reporter.close();
    expect(lines).toEqual([
      'aws     upload the deployment package: with *** now …\n',
      'aws     upload the deployment package: 1 of 2\n',
      'aws     upload the deployment package (0.5 s)\n',
      'google  update: nothing to change (skipped)\n',
    ]);
  });

  test('are a line a cloud that moves on a terminal, and one that stays for each that is done', () => {
    const output = screen(40);
    const reporter = stepReporter(output, { NO_COLOR: '1' }, asIs, clock());
    const [aws, azure] = [reporter.of('aws'), reporter.of('azure')];
    aws({ name: 'create the stack', state: 'started' });
    azure({ name: 'publish', state: 'started' });
    aws({ name: 'create the stack', state: 'progress', detail: '3 of 9, and some more of it' });
    expect(output.lines()).toEqual([
      'aws     create the stack: 3 of 9, and …',
      'azure   publish …',
    ]);
    aws({ name: 'create the stack', state: 'done' });
    expect(output.lines()).toEqual(['aws     create the stack (1.0 s)', 'azure   publish …']);
    reporter.close();
    expect(output.lines()).toEqual(['aws     create the stack (1.0 s)']);
  });
});
