import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeploymentInProgressError } from '../../src/engine/errors.ts';
import { logUri } from './fake-functions.ts';
import { type Fault, refusal } from './fake-google.ts';
import { packageOf, functionName, openScene, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const one = packageOf('one');
const two = packageOf('two');
const account = 'shop-dev-d73663de@my-shop.iam.gserviceaccount.com';
const flags = '--name shop --stage dev --region google=us-central1';

const deploy = (deploymentPackage = one, signal = new AbortController().signal) =>
  scene.see(scene.google.deploy(target, deploymentPackage, scene.context({ signal })));

const retryInfo = (seconds: number) => [
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` },
];

describe('a passing fault', () => {
  test.each<[string, Fault, string]>([
    ['GetFunction', refusal(503, 'UNAVAILABLE', 'try again'), 'a service that is away'],
    ['GetFunction', refusal(500, 'INTERNAL', 'oops'), '500 once'],
    ['GetFunction', 'drop', 'a broken connection'],
    ['GetFunction', refusal(504, 'DEADLINE_EXCEEDED', 'too slow'), 'a call that took too long'],
    ['GenerateUploadUrl', refusal(429, 'RESOURCE_EXHAUSTED', 'slow down'), 'a throttle'],
    [
      'CreateFunction',
      refusal(429, 'RESOURCE_EXHAUSTED', 'slow down'),
      'a throttle of what is sent once',
    ],
    ['CreateFunction', 'drop', 'a connection that broke before it was sent'],
    ['CreateFunction', 'drop after', 'a connection that broke after it was carried out'],
    ['GetOperation', refusal(503, 'UNAVAILABLE', 'try again'), 'a poll that was lost'],
    ['GetOperation', 'drop', 'a poll whose connection broke'],
    ['PUT upload', { status: 503 }, '503 of Cloud Storage'],
    ['PUT upload', { status: 429, headers: { 'retry-after': '7' } }, '429 with Retry-After'],
    ['PUT upload', 'drop', 'an upload whose connection broke'],
    ['GET iam', { status: 500, body: '' }, '500 without a body'],
    ['GET run:getIamPolicy', 'drop', 'a policy whose connection broke'],
    ['POST run:setIamPolicy', { status: 503, body: 'upstream' }, 'a policy lost on its way'],
    [
      'POST run:setIamPolicy',
      { status: 409, body: { error: { code: 409, status: 'ABORTED', message: 'etag' } } },
      'a policy that somebody else was quicker to write',
    ],
  ])('in %s passes: %j, %s', async (call, fault, _why) => {
    scene.fake.faults.set(call, [fault]);
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(scene.fake.faults.get(call)).toEqual([]);
    expect(scene.fake.functions.get(functionName).state).toBe('ACTIVE');
    expect([...scene.fake.operations.keys()]).toHaveLength(1);
  });

  test('is waited for as long as the service asks', async () => {
    scene.fake.faults.set('GenerateUploadUrl', [
      refusal(429, 'RESOURCE_EXHAUSTED', 'slow down', retryInfo(11)),
    ]);
    scene.fake.faults.set('PUT upload', [{ status: 429, headers: { 'retry-after': '7' } }]);
    await deploy();
    expect(scene.timing.waits).toEqual(expect.arrayContaining([11_000, 7_000]));
  });
});

const permission = (name: string) => [
  {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'IAM_PERMISSION_DENIED',
    domain: 'iam.googleapis.com',
    metadata: { permission: name },
  },
];

describe('a lasting fault', () => {
  test.each<[string, string, Fault, object]>([
    [
      '401 of the Functions API',
      'GetFunction',
      refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
      {
        name: 'CredentialsError',
        message:
          'could not read what is deployed: cloudfunctions GetFunction: Request had invalid authentication credentials.',
        hint: 'gcloud auth application-default login',
        leftBehind: [],
      },
    ],
    [
      '401 of another API',
      'GET iam',
      {
        status: 401,
        body: { error: { code: 401, status: 'UNAUTHENTICATED', message: 'expired' } },
      },
      { name: 'CredentialsError', hint: 'gcloud auth application-default login' },
    ],
    [
      '403 with the permission that is missing',
      'CreateFunction',
      refusal(
        403,
        'PERMISSION_DENIED',
        "Permission 'cloudfunctions.functions.create' denied",
        permission('cloudfunctions.functions.create'),
      ),
      {
        message: expect.stringContaining(
          'the permission cloudfunctions.functions.create, which roles/cloudfunctions.developer has',
        ),
        hint: 'gcloud projects add-iam-policy-binding my-shop --member="serviceAccount:deployer@my-shop.iam.gserviceaccount.com" --role=roles/cloudfunctions.developer',
        leftBehind: [`service account ${account}`],
      },
    ],
    [
      '403 without the permission',
      'POST run:setIamPolicy',
      { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED', message: 'no' } } },
      {
        message: expect.stringMatching(/run SetIamPolicy: no\nIt needs roles\/run\.admin\.$/),
        leftBehind: [`service account ${account}`, `function ${functionName}`],
      },
    ],
    [
      '403 for acting as the account',
      'CreateFunction',
      refusal(
        403,
        'PERMISSION_DENIED',
        "Caller is missing permission 'iam.serviceaccounts.actAs' on it",
      ),
      { hint: expect.stringContaining('roles/iam.serviceAccountUser') },
    ],
    [
      'an API that is not enabled',
      'GetFunction',
      refusal(
        403,
        'PERMISSION_DENIED',
        'Cloud Functions API has not been used in project my-shop before or it is disabled.',
        [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'SERVICE_DISABLED',
            metadata: { service: 'cloudfunctions.googleapis.com' },
          },
        ],
      ),
      { hint: 'gcloud services enable cloudfunctions.googleapis.com --project my-shop' },
    ],
    [
      '409 of a busy function',
      'CreateFunction',
      refusal(409, 'ABORTED', 'unable to queue the operation'),
      { name: 'DeploymentInProgressError', hint: `npx tricloud status google ${flags}` },
    ],
    [
      'a function that another run made in between',
      'CreateFunction',
      refusal(409, 'ALREADY_EXISTS', 'Resource already exists'),
      { name: 'DeploymentInProgressError' },
    ],
    [
      'a project without billing',
      'CreateFunction',
      refusal(400, 'FAILED_PRECONDITION', 'Billing account for project is not found.'),
      {
        name: 'DeployError',
        message:
          'could not create the function: cloudfunctions CreateFunction: Billing account for project is not found.',
        hint: `npx tricloud deploy google ${flags}`,
      },
    ],
    [
      'a throttle of minutes',
      'GenerateUploadUrl',
      refusal(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', retryInfo(600)),
      { message: expect.stringContaining('Quota exceeded (retry after 600 s)') },
    ],
    [
      'an upload address that is no longer good',
      'PUT upload',
      {
        status: 403,
        body: '<Error><Code>ExpiredToken</Code><Message>Invalid argument.</Message><Details>X-Goog-Signature=planted</Details></Error>',
      },
      {
        message: expect.stringMatching(
          /^could not upload the deployment package: upload to Cloud Storage: ExpiredToken: Invalid argument\./,
        ),
      },
    ],
  ])('%s is told in Google’s words, with what to type', async (_name, call, fault, told) => {
    scene.fake.faults.set(call, [fault]);
    await expect(deploy()).rejects.toMatchObject(told);
  });

  test.each<[string, Fault, string]>([
    ['GET iam', { status: 200, body: { email: ['planted-token-of-the-environment'] } }, 'at email'],
    ['GET iam', { status: 200, body: '<html>' }, 'answered with status 200, but without JSON'],
    ['GET run:getIamPolicy', { status: 200, body: { bindings: 'none' } }, 'at bindings'],
  ])('in %s that no API has, %j, is told without what stands in it', async (call, fault, told) => {
    scene.fake.faults.set(
      call,
      Array.from({ length: 4 }, () => fault),
    );
    await expect(deploy()).rejects.toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining(told),
    });
  });

  test.each<[string, Fault]>([
    ['GetFunction', refusal(503, 'UNAVAILABLE', 'away')],
    ['CreateFunction', refusal(503, 'UNAVAILABLE', 'away')],
    ['PUT upload', { status: 503 }],
    ['GetOperation', 'drop'],
  ])('in %s is not tried for ever', async (call, fault) => {
    const faults = Array.from({ length: 20 }, () => fault);
    scene.fake.faults.set(call, faults);
    await expect(deploy()).rejects.toMatchObject({ hint: `npx tricloud deploy google ${flags}` });
    expect(faults.length).toBeGreaterThan(12);
  });
});

describe('a call without an answer', () => {
  test.each([
    'GetFunction',
    'GET iam',
    'PUT upload',
    'CreateFunction',
    'GetOperation',
    'POST run:setIamPolicy',
  ])('of %s is given up and sent again', async (call) => {
    scene.fake.faults.set(call, ['hang']);
    const end = scene.see(scene.impatient.deploy(target, one, scene.context()));
    expect(await end).toMatchObject({ isChanged: true });
    expect([...scene.fake.operations.keys()]).toHaveLength(1);
  });

  test('ever is a time-out', async () => {
    scene.fake.faults.set('GetFunction', ['hang', 'hang', 'hang', 'hang']);
    const end = scene.see(scene.impatient.deploy(target, one, scene.context()));
    await expect(end).rejects.toMatchObject({
      message: expect.stringContaining('no answer within 0.4 s'),
      hint: `npx tricloud deploy google ${flags}`,
    });
  });
});

describe('a build that fails after minutes', () => {
  const fails = {
    code: 3,
    message: 'Build failed with status: FAILURE and message: npm ERR! 404.',
  };

  test('of a new function tells the log, what is left, and how to remove it; then it can be mended', async () => {
    scene.fake.build = { polls: 40, fails };
    await expect(deploy()).rejects.toMatchObject({
      message: `could not create the function: INVALID_ARGUMENT: ${fails.message}\nnpm ERR! 404 no-such-package\nThe build’s log: ${logUri}`,
      leftBehind: [`service account ${account}`, `function ${functionName}`],
      hint: `npx tricloud deploy google ${flags}`,
      cleanUp: `npx tricloud remove google ${flags}`,
    });
    expect(scene.timing.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(5 * 60_000);

    scene.fake.build = { polls: 1, fails: null };
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(scene.fake.functions.get(functionName).state).toBe('ACTIVE');
  });

  test('of one that is there leaves it as it was', async () => {
    await deploy(one);
    scene.fake.build = { polls: 40, fails };
    await expect(deploy(two)).rejects.toMatchObject({
      message: expect.stringContaining('What was deployed before still answers.'),
      leftBehind: [],
    });
    expect(await scene.google.status(target, scene.context())).toMatchObject({
      packageSha256: one.sha256,
    });
  });

  test('does not end at all: after the limit of an operation nobody waits', async () => {
    scene.fake.build = { polls: 1_000_000, fails: null };
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining('not done after 45 minutes'),
      hint: `npx tricloud status google ${flags}`,
    });
  });
});

/** A signal that is aborted when a call arrives for the nth time. */
const interruptAt = (call: string, nth = 1) => {
  const controller = new AbortController();
  let seen = 0;
  scene.fake.onCall = (name) => {
    if (name === call && ++seen === nth) controller.abort();
  };
  return controller.signal;
};

describe('an interruption', () => {
  test.each([
    ['GetFunction', 1],
    ['POST iam', 1],
    ['GenerateUploadUrl', 1],
    ['PUT upload', 1],
    ['CreateFunction', 1],
    ['GetOperation', 1],
    ['GetOperation', 3],
    ['GetFunction', 2],
    ['GET run:getIamPolicy', 1],
    ['POST run:setIamPolicy', 1],
  ] as const)('at %s, number %i, can be continued', async (call, nth) => {
    const signal = interruptAt(call, nth);
    await expect(deploy(one, signal)).rejects.toMatchObject({
      name: 'InterruptedError',
      hint: `npx tricloud deploy google ${flags}`,
    });
    scene.fake.onCall = () => {};
    await deploy();
    expect(scene.fake.functions.get(functionName).state).toBe('ACTIVE');
    expect([...scene.fake.operations.keys()]).toHaveLength(1);
    expect(await deploy()).toMatchObject({ isChanged: false });
  });

  test('in a build says that Google goes on, and what is there', async () => {
    const signal = interruptAt('GetOperation', 2);
    await expect(deploy(one, signal)).rejects.toMatchObject({
      message:
        'interrupted: could not create the function; Google continues with shop-dev, and the same command resumes it',
      leftBehind: [`service account ${account}`, `function ${functionName}`],
    });
  });

  test.each([
    ['UpdateFunction', 1, true],
    ['GetOperation', 2, true],
    ['POST secretmanager:setIamPolicy', 1, false],
    ['GET run:getIamPolicy', 2, false],
  ] as const)(
    'at %s, number %i, leaves no secret open that a later run does not close',
    async (call, nth, isLeftOpen) => {
      const before = { ...target, secrets: { STRIPE: 'stripe:1' } };
      const grant = `roles/secretmanager.secretAccessor for serviceAccount:${account} on projects/my-shop/secrets/stripe`;
      await scene.see(scene.google.deploy(before, one, scene.context()));
      await expect(deploy(one, interruptAt(call, nth))).rejects.toMatchObject({
        name: 'InterruptedError',
        leftBehind: call === 'GET run:getIamPolicy' ? [] : [grant],
        cleanUp: null,
      });
      scene.fake.onCall = () => {};
      const bindings = () =>
        scene.fake.rest.policies.get('v1/projects/my-shop/secrets/stripe').bindings;
      expect(bindings()).toHaveLength(isLeftOpen ? 1 : 0);
      await deploy();
      expect(bindings()).toEqual([]);
      expect(await deploy()).toMatchObject({ isChanged: false });
    },
  );

  test('that is not continued leaves no secret open that a removal does not close', async () => {
    const before = { ...target, secrets: { STRIPE: 'stripe:1' } };
    await scene.see(scene.google.deploy(before, one, scene.context()));
    const signal = interruptAt('POST secretmanager:setIamPolicy');
    scene.fake.faults.set('POST secretmanager:setIamPolicy', ['drop']);
    await expect(deploy(one, signal)).rejects.toMatchObject({ name: 'InterruptedError' });
    scene.fake.onCall = () => {};
    await scene.see(scene.google.remove(target, scene.context()));
    const policy = scene.fake.rest.policies.get('v1/projects/my-shop/secrets/stripe');
    expect(policy.bindings).toEqual([]);
  });

  test('before the beginning sends nothing', async () => {
    await expect(deploy(one, AbortSignal.abort())).rejects.toMatchObject({
      name: 'InterruptedError',
    });
    expect(scene.sent()).toEqual([]);
  });
});

describe('an interruption that is not continued', () => {
  test.each([
    ['POST iam', 1],
    ['POST secretmanager:setIamPolicy', 1],
    ['PUT upload', 1],
    ['CreateFunction', 1],
    ['GetOperation', 2],
    ['POST run:setIamPolicy', 1],
  ] as const)('at %s, number %i, can be removed', async (call, nth) => {
    const signal = interruptAt(call, nth);
    const asked = { ...target, secrets: { STRIPE: 'stripe:1' } };
    const end = scene.see(scene.google.deploy(asked, one, scene.context({ signal })));
    await expect(end).rejects.toMatchObject({ name: 'InterruptedError' });
    scene.fake.onCall = () => {};
    scene.fake.finish();
    await scene.see(scene.google.remove(asked, scene.context()));
    expect({
      functions: scene.fake.functions.size,
      accounts: scene.fake.rest.accounts.size,
      bindings: [...scene.fake.rest.policies.values()].flatMap(({ bindings }) => bindings),
    }).toEqual({ functions: 0, accounts: 0, bindings: [] });
  });
});

describe('a secret that Google quotes', () => {
  test('in an answer or a build’s message is redacted', async () => {
    const quote = 'API_TOKEN=planted-token-of-the-environment is no good';
    scene.fake.faults.set('CreateFunction', [refusal(400, 'INVALID_ARGUMENT', quote)]);
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining('CreateFunction: API_TOKEN=[redacted] is no good'),
    });
    scene.fake.build = { polls: 1, fails: { code: 3, message: quote } };
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining('API_TOKEN=[redacted] is no good'),
    });
  });
});

describe('somebody else’s deployment', () => {
  test('of another deployment package is recognised', async () => {
    scene.fake.build = { polls: 1_000_000, fails: null };
    const controller = new AbortController();
    scene.fake.onCall = (name) => {
      if (name === 'GetOperation') controller.abort();
    };
    await expect(deploy(one, controller.signal)).rejects.toMatchObject({
      name: 'InterruptedError',
    });
    scene.fake.onCall = () => {};
    scene.sent();
    await expect(deploy(two)).rejects.toMatchObject({
      name: 'DeploymentInProgressError',
      message: 'another deployment or removal of shop-dev is in progress (DEPLOYING)',
    });
    expect(scene.sent()).toEqual([
      'GetFunction',
      'GET iam',
      'ListOperations',
      'GetFunction',
      'GET iam',
    ]);
  });

  test('is not taken for the one whose answer was lost', async () => {
    await deploy(one);
    scene.fake.faults.set('UpdateFunction', ['drop']);
    scene.fake.operations.set('other', {
      name: 'other',
      target: functionName,
      verb: 'update',
      request: { function: scene.fake.functions.get(functionName) },
      build: { polls: 9, fails: null },
      polls: 0,
      isDone: false,
      end: () => {},
    });
    await deploy(two);
    expect(await scene.google.status(target, scene.context())).toMatchObject({
      packageSha256: two.sha256,
    });
  });

  test('at the same moment is one of the two', async () => {
    const ends = await Promise.allSettled([deploy(one), deploy(two)]);
    const failed = ends.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: expect.any(DeploymentInProgressError) });
  });
});
