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
import type { Action, Home } from '../command-line/action.ts';
import type { parity as declaration } from '../declarations/local.ts';
import { CommandError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import { functionNode } from '../node/function-node.ts';
import { widthOf, wrap } from '../table.ts';
import { paintFor } from '../terminal.ts';

type Urls = Readonly<Partial<Record<ProviderId, string>>>;

/** `tricloud parity`: every case by runtime; 1 when one fails. */
export const parity: Action<typeof declaration> = async ({ values }, home) => {
  const given = providerIds.flatMap((id) => {
    const url = values[id];
    return url === undefined ? [] : [[id, url] as const];
  });
  const results =
    given.length === 0
      ? await askLocal(home, values.node)
      : await askDeployed(Object.fromEntries(given));
  const report = parityReport(results);
  const text = values.json ? JSON.stringify(report, null, 2) : tableOf(results);
  process.stdout.write(`${text}\n`);
  return report.failed > 0 ? 1 : 0;
};

function tableOf(results: readonly RuntimeResults[]): string {
  const paint = paintFor(process.stdout, process.env);
  const width = process.stdout.columns ?? Infinity;
  return fitted(formatParityTable(results, { width }), width).replaceAll(/\bFAILED\b/g, (word) =>
    paint('red', word),
  );
}

/** Wraps the indented reasons below the table to the width of the terminal. */
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

/** Starts the three local runtimes with the probe as their function, and stops them. */
async function askLocal(
  { root, cacheDir }: Home,
  node: string | undefined,
): Promise<readonly RuntimeResults[]> {
  const { path: nodePath, version: nodeVersion, note } = await functionNode(node);
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
      nodeVersion,
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

/** A URL that does not respond is one fault, not a table of failed cases. */
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
