import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ProviderId, providerIds } from '@tricloud/core';

/** What the command was asked to do. */
export interface RefreshOptions {
  readonly only: readonly ProviderId[];
  /** Only these lists; `null` is all. */
  readonly lists: readonly string[] | null;
  readonly write: boolean;
  readonly json: boolean;
  readonly listsDir: string | null;
  readonly urls: Readonly<Record<ProviderId, string>>;
  /** `null` where there is none. */
  readonly googleKey: string | null;
  readonly timeoutMs: number;
}

/** Wrong arguments or environment variables; exit code 2. */
export class UsageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UsageError';
  }
}

/** Flag, else environment, else default; throws `UsageError`. No message ever holds the key. */
export async function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<RefreshOptions | 'help'> {
  const values = parse(args);
  if (values.help === true) return 'help';
  const only = providersOf(values.only);
  const googleKey = await keyOf(values['google-key-file'], env['GOOGLE_API_KEY']);
  if (googleKey === null && values.only !== undefined && only.includes('google')) {
    throw new UsageError('google needs a key: GOOGLE_API_KEY or --google-key-file FILE');
  }
  return {
    only,
    lists: values.list === undefined ? null : listOf(values.list),
    write: values.write === true,
    json: values.json === true,
    listsDir: values.lists ?? null,
    urls: urlsOf(values, env),
    googleKey,
    timeoutMs: secondsOf(values.timeout) * 1000,
  };
}

function urlsOf(
  values: ReturnType<typeof parse>,
  env: Readonly<Record<string, string | undefined>>,
): RefreshOptions['urls'] {
  const google = urlOf('--google-url', values['google-url'] ?? env['GOOGLE_BILLING_CATALOG_URL'], {
    fallback: 'https://cloudbilling.googleapis.com',
  });
  if (!google.startsWith('https:') && !isLoopback(google)) {
    throw new UsageError('--google-url must be https, since the key is sent there');
  }
  return {
    google,
    aws: urlOf('--aws-url', values['aws-url'] ?? env['AWS_PRICE_LIST_URL'], {
      fallback: 'https://pricing.us-east-1.amazonaws.com',
    }),
    azure: urlOf('--azure-url', values['azure-url'] ?? env['AZURE_RETAIL_PRICES_URL'], {
      fallback: 'https://prices.azure.com',
    }),
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        list: { type: 'string' },
        write: { type: 'boolean' },
        json: { type: 'boolean' },
        lists: { type: 'string' },
        timeout: { type: 'string' },
        'google-key-file': { type: 'string' },
        'aws-url': { type: 'string' },
        'azure-url': { type: 'string' },
        'google-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
    });
    return values;
  } catch (error) {
    const [message = 'wrong arguments'] = error instanceof Error ? error.message.split('. ') : [];
    throw new UsageError(message, error);
  }
}

function providersOf(only: string | undefined): readonly ProviderId[] {
  if (only === undefined) return providerIds;
  const names = listOf(only);
  const unknown = names.find((name) => !providerIds.some((provider) => provider === name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(`--only must be some of aws,google,azure, not "${unknown ?? only}"`);
  }
  return providerIds.filter((provider) => names.includes(provider));
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function urlOf(
  flag: string,
  value: string | undefined,
  { fallback }: { readonly fallback: string },
) {
  if (value === undefined || value === '') return fallback;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new UsageError(`${flag} must be an http or https address, not "${value}"`);
  }
  return value.replace(/\/+$/, '');
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);
}

async function keyOf(file: string | undefined, inEnv: string | undefined): Promise<string | null> {
  const key = file === undefined ? inEnv?.trim() : await readKey(file);
  if (key === undefined || key === '') return null;
  // What a header cannot hold would be told, whole, in the error that refuses it.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError(`the key in ${file ?? 'GOOGLE_API_KEY'} must be one word`);
  }
  return key;
}

async function readKey(file: string): Promise<string> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    if (key !== '') return key;
  } catch (error) {
    throw new UsageError(`--google-key-file ${file} cannot be read`, error);
  }
  throw new UsageError(`--google-key-file ${file} is empty`);
}

function secondsOf(text: string | undefined): number {
  const seconds = text === undefined ? 60 : Number(text);
  if (seconds >= 0.001 && seconds <= 3600) return seconds;
  throw new UsageError(`--timeout must be seconds from 0.001 to 3600, not "${text}"`);
}
