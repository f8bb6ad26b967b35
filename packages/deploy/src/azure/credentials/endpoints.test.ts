import { describe, expect, test } from 'vitest';
import { readEndpoints, urlOfHost } from './endpoints.ts';

describe('where Azure is', () => {
  test.each([
    [
      'nothing is said',
      {},
      {
        resourceManager: 'https://management.azure.com',
        audience: 'https://management.azure.com',
        authorityHost: null,
        isLoopback: false,
      },
    ],
    [
      'an emulator is',
      { AZURE_RESOURCE_MANAGER_ENDPOINT: 'http://127.0.0.1:4566' },
      {
        resourceManager: 'http://127.0.0.1:4566',
        audience: 'https://management.azure.com',
        authorityHost: null,
        isLoopback: true,
      },
    ],
    [
      'an audience is',
      {
        AZURE_RESOURCE_MANAGER_ENDPOINT: 'http://localhost:1',
        AZURE_RESOURCE_MANAGER_AUDIENCE: 'https://management.core.windows.net/',
      },
      {
        resourceManager: 'http://localhost:1',
        audience: 'https://management.core.windows.net/',
        authorityHost: null,
        isLoopback: true,
      },
    ],
  ])('is where %s', (_where, env, endpoints) => {
    expect(readEndpoints(env)).toEqual(endpoints);
  });

  test.each([
    'http://management.azure.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1:80',
    'ftp://127.0.0.1',
    'not a url',
  ])('is never %s', (url) => {
    expect(() => readEndpoints({ AZURE_RESOURCE_MANAGER_ENDPOINT: url })).toThrow(
      /^AZURE_RESOURCE_MANAGER_ENDPOINT is (?:not |.*unencrypted)/,
    );
  });
});

test.each([
  ['AZURE_RESOURCE_MANAGER_ENDPOINT', 'https://management.usgovcloudapi.net/'],
  ['AZURE_RESOURCE_MANAGER_ENDPOINT', 'https://management.chinacloudapi.cn'],
  ['AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.us'],
  ['AZURE_AUTHORITY_HOST', 'https://login.partner.microsoftonline.cn/'],
])('another of Microsoft’s clouds is refused: %s=%s', (name, url) => {
  expect(() => readEndpoints({ [name]: url })).toThrow(
    `${name} is ${url.replace(/\/$/, '')}: tricloud deploys to Azure’s public cloud only`,
  );
});

test.each([
  ['http://127.0.0.1:1', '127.0.0.1:2', 'http://127.0.0.1:2'],
  ['http://127.0.0.1:1', 'x.scm.azurewebsites.net', 'https://x.scm.azurewebsites.net'],
  ['https://management.azure.com', '127.0.0.1:2', 'https://127.0.0.1:2'],
])('where Resource Manager is at %s, the host %s is at %s', (resourceManager, host, url) => {
  const endpoints = readEndpoints({ AZURE_RESOURCE_MANAGER_ENDPOINT: resourceManager });
  expect(urlOfHost(host, endpoints)).toBe(url);
});
