import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProviderId } from '@tricloud/core';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * True where variables or files of the provider's own tools suggest an account. No file is opened. A machine with a role
 * of its own shows no sign.
 */
export function hasAccountSigns(cloud: ProviderId, env: Env, home = homedir()): boolean {
  const { variables, files } = signs[cloud];
  const paths = files(env, home);
  return variables.some((name) => env[name]) || paths.some((path) => existsSync(path));
}

interface Signs {
  readonly variables: readonly string[];
  readonly files: (env: Env, home: string) => readonly string[];
}

const signs: Readonly<Record<ProviderId, Signs>> = {
  aws: {
    variables: [
      'AWS_ACCESS_KEY_ID',
      'AWS_PROFILE',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ],
    files: (env, home) => [
      env['AWS_SHARED_CREDENTIALS_FILE'] || join(home, '.aws', 'credentials'),
      env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config'),
    ],
  },
  google: {
    variables: ['GOOGLE_APPLICATION_CREDENTIALS'],
    files: (env, home) => {
      const folder =
        env['CLOUDSDK_CONFIG'] ||
        (env['APPDATA'] ? join(env['APPDATA'], 'gcloud') : join(home, '.config', 'gcloud'));
      return [join(folder, 'application_default_credentials.json')];
    },
  },
  azure: {
    variables: ['AZURE_CLIENT_ID'],
    files: (env, home) => [
      join(env['AZURE_CONFIG_DIR'] || join(home, '.azure'), 'azureProfile.json'),
      join(home, '.Azure', 'AzureRmContext.json'),
      join(env['AZD_CONFIG_DIR'] || join(home, '.azd'), 'auth'),
    ],
  },
};
