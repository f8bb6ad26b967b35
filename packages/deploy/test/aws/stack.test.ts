import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { afterAll, describe, expect, test } from 'vitest';
import { defaultPace } from '../../src/aws/pace.ts';
import { readStack } from '../../src/aws/stack.ts';
import { FakeAws } from './fake-aws.ts';
import { surroundingsAt, target } from './support.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const here = await surroundingsAt('');
const fake = await new FakeAws().start();
afterAll(async () => {
  await fake.stop();
  await here.end();
});

const template = (archive: string) =>
  JSON.stringify({
    Resources: {
      ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
      TricloudLambdaFunction: { Type: 'AWS::Lambda::Function' },
    },
    Outputs: { ArchiveSha256: { Value: archive }, PreviousDeployment: { Value: 'folder' } },
  });

/** Reads the stack as AWS itself tells it: by a client of its own, with no endpoint in AWS's place. */
const read = (outputs: Readonly<Record<string, string>>, status = 'UPDATE_ROLLBACK_COMPLETE') => {
  fake.put('shop-qa', status, template('latest'));
  fake.outputs = outputs;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const cf = new CloudFormation({ endpoint: fake.url, region: target.region, credentials });
  return readStack({ target, context: here.context, pace: defaultPace }, cf);
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
