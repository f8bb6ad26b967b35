import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProviderId, providerIds } from '@tricloud/core';
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
import { noPositionals, parseArguments } from '../arguments.ts';
import { CommandError, UsageError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import type { Command, Home } from '../main.ts';
import { functionNode } from '../node/function-node.ts';
import { widthOf, wrap } from '../table.ts';
import { paintFor } from '../terminal.ts';

type Urls = Readonly<Partial<Record<ProviderId, string>>>;

const options = {
  aws: { type: 'string' },
  google: { type: 'string' },
  azure: { type: 'string' },
  node: { type: 'string' },
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
    given.length === 0
      ? await askLocal(home, values.node)
      : await askDeployed(Object.fromEntries(given));
  const report = parityReport(results);
  const paint = paintFor(process.stdout, process.env);
  const width = process.stdout.columns ?? Infinity;
  const told =
    values.json === true
      ? JSON.stringify(report, null, 2)
      : fitted(formatParityTable(results, { width }), width).replaceAll(/\bFAILED\b/g, (word) =>
          paint('red', word),
        );
  process.stdout.write(`${told}\n`);
  return report.failed > 0 ? 1 : 0;
};

/** Reasons below the table are set in; what is wider than the terminal goes on in the next line. */
function fitted(table: string, width: number): string {
  return table
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      if (widthOf(line) <= width || indent === '') return [line];
      return wrap(line.trimStart(), width - indent.length).map((part) => indent + part);
    })
    .join('\n');
}

function baseUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new UsageError(`${flag} takes an http or https URL, not ${JSON.stringify(text)}`, {
    hint: `such as ${flag} https://example.com`,
  });
}

/** Starts runtimes of its own with the probe in the function's place, and ends them. */
async function askLocal(
  { root, cacheDir }: Home,
  node: string | undefined,
): Promise<readonly RuntimeResults[]> {
  const { path: nodePath, note } = await functionNode(node);
  if (note !== undefined) process.stderr.write(`note: ${note}\n`);
  const stopped = untilStopped();
  const cloud = await startedUnless(stopped, (signal) =>
    startLocalCloud({
      providers: providerIds,
      appsDir: join(root, 'apps'),
      cacheDir: join(cacheDir, 'parity'),
      functionFile: fileURLToPath(import.meta.resolve('@tricloud/parity/probe')),
      ports: { console: 0, aws: 0, google: 0, azure: 0 },
      watch: false,
      nodePath,
      signal,
      onEvent: () => {},
    }),
  );
  if (cloud === undefined) throw new CommandError('interrupted');
  try {
    const results = await Promise.race([ask('local', cloud.urls), stopped]);
    if (results === undefined) throw new CommandError('interrupted');
    return results;
  } finally {
    await cloud.close();
  }
}

/** Every case would fail where nothing answers at all: that is one fault, not a table of them. */
async function askDeployed(urls: Urls): Promise<readonly RuntimeResults[]> {
  for (const [id, url] of Object.entries(urls)) {
    const send = httpSend(url);
    try {
      await send({ method: 'GET', target: '/', headers: [] });
    } catch (error) {
      throw new CommandError(`--${id} ${url} does not answer: ${reasonOf(error)}`, {
        hint: 'tricloud parity without a URL starts runtimes of its own',
        cause: error,
      });
    } finally {
      send.close();
    }
  }
  return ask('deployed', urls);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}

async function ask(place: Place, urls: Urls): Promise<readonly RuntimeResults[]> {
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
