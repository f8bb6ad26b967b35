import { noMotoBecause, startMoto as startEmulator } from '@tricloud/deploy/emulator';

/** Said with the name of what is passed over where the machine has no AWS-compatible emulator. */
export const withoutMoto =
  noMotoBecause === null
    ? ''
    : ' (moto_server is not on the PATH: packages/deploy has the recorded control plane)';

/** Starts Python's moto server, unpatched, on a free port. */
export async function startMoto() {
  const emulator = await startEmulator();
  return { ...emulator, names: () => namesIn(emulator.url) };
}

/** Whatever has a name in the emulator, asked without a word of our own clients; it looks at no signature. */
async function namesIn(url: string): Promise<readonly string[]> {
  const answers = await Promise.all([
    ask(url, 's3', '/'),
    ask(url, 'cloudformation', '/?Action=DescribeStacks&Version=2010-05-15'),
    ask(url, 'iam', '/?Action=ListRoles&Version=2010-05-08'),
    ask(url, 'lambda', '/2015-03-31/functions/'),
    ask(url, 'logs', '/', {
      method: 'POST',
      headers: {
        'x-amz-target': 'Logs_20140328.DescribeLogGroups',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: '{}',
    }),
  ]);
  const named =
    /<(?:Name|StackName|RoleName)>([^<]+)<|"(?:FunctionName|logGroupName)": ?"([^"]+)"/g;
  return answers
    .flatMap((answer) => [...answer.matchAll(named)].map(([, xml, json]) => xml ?? json ?? ''))
    .map((name) => name.replace(/-[a-z0-9]{12}$/, ''))
    .toSorted();
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask(url: string, service: string, path: string, asked: Asked = {}) {
  const scope = `testing/20260101/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const headers = { ...asked.headers, authorization };
  const response = await fetch(`${url}${path}`, { ...asked, headers });
  return response.text();
}
