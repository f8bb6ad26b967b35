import { parseArgs } from 'node:util';
import { formatFunctionList } from './function-list.ts';
import { startHost } from './host.ts';
import { formatLogLine } from './log-text.ts';
import { messageOf } from './narrow.ts';
import { readLocalSettings } from './settings/local-settings.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    'enable-auth': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    standby: { type: 'boolean', default: false },
  },
});
const appDir = positionals[0] ?? process.cwd();

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());

try {
  const port = Number(values.port ?? readLocalSettings(appDir).port ?? 7071);
  const host = await startHost({
    appDir,
    port,
    enableAuth: values['enable-auth'],
    standby: values.standby,
    signal: ended.signal,
    ...(!values.quiet && {
      onLog: (line) => {
        if (line.level !== 'debug' && line.level !== 'trace') {
          process.stdout.write(`${formatLogLine(line)}\n`);
        }
      },
    }),
  });
  process.stdout.write(`\n${formatFunctionList(host)}\n`);
  const end = (): void => {
    void host.close().then(() => process.exit(0));
  };
  ended.signal.addEventListener('abort', end);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
