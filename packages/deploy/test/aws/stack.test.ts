import { afterAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/aws/credentials/session.ts';
import { readStack } from '../../src/aws/state/read-stack.ts';
import { startRun } from '../../src/engine/run.ts';
import { FakeAws } from './fake-aws.ts';
import { virtualTiming } from '../timing.ts';
import { contextAt, target } from './support.ts';

const here = await contextAt('');
const fake = await new FakeAws().start();
afterAll(async () => {
  await fake.stop();
  await here.end();
});

const template = (deploymentPackage: string) =>
  JSON.stringify({
    Resources: {
      ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
      TricloudLambdaFunction: { Type: 'AWS::Lambda::Function' },
    },
    Outputs: {
      ArchiveSha256: { Value: deploymentPackage },
      PreviousDeployment: { Value: 'folder' },
    },
  });

/** Reads the stack as AWS itself answers: the client of a session that has no endpoint in place of AWS. */
const read = async (
  outputs: Readonly<Record<string, string>>,
  status = 'UPDATE_ROLLBACK_COMPLETE',
) => {
  fake.put('shop-qa', status, template('latest'));
  fake.outputs = outputs;
  const env = { ...here.context.env, AWS_ENDPOINT_URL: fake.url };
  const context = { ...here.context, env };
  const session = await openSession(startRun('status', target, context, virtualTiming()));
  return readStack({ ...session, env: here.context.env });
};

describe('a stack', () => {
  test('says by its outputs what is deployed, whatever the template of a failed change says', async () => {
    const url = 'https://abc.execute-api.eu-west-1.amazonaws.com';
    expect(await read({ ArchiveSha256: 'deployed', HttpApiUrl: url })).toMatchObject({
      record: { ArchiveSha256: 'deployed', HttpApiUrl: url },
      hasFunction: true,
      url,
      changedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  test('has no function after a first deployment that failed', async () => {
    expect(await read({ ServerlessDeploymentBucketName: 'bucket' })).toMatchObject({
      record: {},
      hasFunction: false,
      url: null,
    });
  });

  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE'])(
    'says by its template what is deployed after %s, whatever an emulator left in the outputs',
    async (status) => {
      expect(await read({ ArchiveSha256: 'before' }, status)).toMatchObject({
        record: { ArchiveSha256: 'latest', PreviousDeployment: 'folder' },
        hasFunction: true,
      });
    },
  );

  test('without outputs says by its template what is deployed', async () => {
    expect(await read({})).toMatchObject({
      record: { ArchiveSha256: 'latest', PreviousDeployment: 'folder' },
      hasFunction: true,
      url: null,
    });
  });
});
