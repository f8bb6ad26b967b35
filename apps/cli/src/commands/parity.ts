import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProviderId } from '@tricloud/core';
import { startLocalCloud } from '@tricloud/local-cloud';
import {
  agree,
  formatParityTable,
  httpSend,
  parityReport,
  runCases,
  type Place,
  type RuntimeResults,
} from '@tricloud/parity';
import { appDirs } from '../app-dirs.ts';
import { noPositionals, parseArguments } from '../arguments.ts';
import { providerIds } from '../dev/settings.ts';
import { CommandError, UsageError } from '../errors.ts';
import { untilStopped } from '../interruption.ts';
import type { Command, Home } from '../main.ts';
import { paintFor } from '../terminal.ts';

const options = {
  aws: { type: 'string' },
  google: { type: 'string' },
  azure: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `tricloud parity`: every case by runtime; 1 when one fails. */
export const parity: Command = async (args, home) => {
  const { values, positionals } = parseArguments('parity', args, options);
  noPositionals('parity', positionals);
  const given = providerIds.flatMap((id) => {
    const url: string | undefined = values[id];
    return url === undefined ? [] : [[id, baseUrl(`--${id}`, url)] as const];
  });
  const results =
    given.length === 0 ? await askLocal(home) : await ask('deployed', Object.fromEntries(given));
  const report = parityReport(results);
  const paint = paintFor(process.stdout, process.env);
  const told =
    values.json === true
      ? JSON.stringify(report, null, 2)
      : formatParityTable(results).replaceAll(/\bFAILED\b/g, paint('red', 'FAILED'));
  process.stdout.write(`${told}\n`);
  return report.failed > 0 ? 1 : 0;
};

function baseUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new UsageError(`${flag} takes an http or https URL, not ${JSON.stringify(text)}`, {
    hint: `such as ${flag} https://example.com`,
  });
}

/** Starts runtimes of its own with the probe in the function's place, and ends them. */
async function askLocal({ root, cacheDir }: Home): Promise<readonly RuntimeResults[]> {
  const stopped = untilStopped();
  const cloud = await startLocalCloud({
    providers: providerIds,
    appDirs: appDirs(root),
    cacheDir: join(cacheDir, 'parity'),
    functionFile: fileURLToPath(import.meta.resolve('@tricloud/parity/probe')),
    ports: { console: 0, aws: 0, google: 0, azure: 0 },
    watch: false,
    onEvent: () => {},
  });
  try {
    const results = await Promise.race([ask('local', cloud.urls), stopped]);
    if (results === undefined) throw new CommandError('interrupted');
    return results;
  } finally {
    await cloud.close();
  }
}

async function ask(
  place: Place,
  urls: Readonly<Partial<Record<ProviderId, string>>>,
): Promise<readonly RuntimeResults[]> {
  const asked = providerIds.flatMap((id) => {
    const url = urls[id];
    return url === undefined ? [] : [{ id, send: httpSend(url) }];
  });
  try {
    return agree(
      await Promise.all(
        asked.map(async ({ id, send }) => ({
          runtime: id,
          results: await runCases({ provider: id, place, send }),
        })),
      ),
    );
  } finally {
    for (const { send } of asked) send.close();
  }
}
