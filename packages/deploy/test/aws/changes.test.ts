import { describe, expect, test } from 'vitest';
import { settingsSha256, stackTemplate } from '../../src/aws/template/stack-template.ts';
import { archiveOf, doneOf, quickAws, target } from './support.ts';
import { worldOfTests } from './world.ts';

const world = await worldOfTests();
const changed = { ...target, memoryMiB: 512 };
const deployed = () => quickAws.differences(changed, archiveOf('one'), world.here.context);

describe('a change', () => {
  test('of settings alone uploads no package again', async () => {
    await world.deploy();
    world.fake.asked.length = 0;
    world.here.steps.length = 0;
    await world.deploy('one', changed);
    expect(world.fake.changes()).toEqual(['PUT object', 'UpdateStack']);
    expect(doneOf(world.here.steps)).toContain(
      'upload the deployment package: it is in the bucket',
    );
  });

  test('of settings whose update failed is made again, although the template already has it', async () => {
    const failed = stackTemplate(changed, archiveOf('one'), { folder: 'f', previous: {} });
    world.fake.put('shop-qa', 'UPDATE_ROLLBACK_COMPLETE', JSON.stringify(failed));
    const outputs = { HttpApiUrl: 'https://x', ArchiveSha256: archiveOf('one').sha256 };
    world.fake.outputs = { ...outputs, SettingsSha256: settingsSha256(target) };
    expect(await deployed()).toEqual([
      {
        what: 'settings',
        deployed: settingsSha256(target),
        planned: settingsSha256(changed),
      },
    ]);
    world.fake.outputs = { ...outputs, SettingsSha256: settingsSha256(changed) };
    expect(await deployed()).toEqual([]);
  });

  test('of a package alone is one difference', async () => {
    await world.deploy();
    expect(await quickAws.differences(target, archiveOf('two'), world.here.context)).toEqual([
      {
        what: 'deployment package',
        deployed: archiveOf('one').sha256,
        planned: archiveOf('two').sha256,
      },
    ]);
  });

  test('of a variable is reported without its values', async () => {
    await world.deploy();
    const environment = { GREETING: 'planted-other', MORE: 'planted-more' };
    expect(
      await quickAws.differences({ ...target, environment }, archiveOf('one'), world.here.context),
    ).toEqual([
      {
        what: 'TricloudLambdaFunction.Environment.Variables.GREETING',
        deployed: 'a value (not shown)',
        planned: 'another value (not shown)',
      },
      {
        what: 'TricloudLambdaFunction.Environment.Variables.MORE',
        deployed: null,
        planned: 'a value (not shown)',
      },
    ]);
  });

  test('made six times leaves five deployments in the bucket', async () => {
    for (const text of ['1', '2', '3', '4', '5', '6']) await world.deploy(text);
    const keys = [...world.fake.objects.keys()];
    expect(keys.filter((key) => key.endsWith('.json'))).toHaveLength(5);
    expect(keys.filter((key) => key.endsWith('.zip')).toSorted()).toEqual(
      ['2', '3', '4', '5', '6']
        .map((text) => `/shop-bucket/serverless/shop/qa/packages/${archiveOf(text).sha256}.zip`)
        .toSorted(),
    );
  });

  test('whose status lags behind the request is waited for', async () => {
    await world.deploy();
    world.fake.lag = 6;
    await world.deploy('two');
    expect(world.fake.stack).toMatchObject({ status: 'UPDATE_COMPLETE', coming: [] });
  });

  test('that another deployment began first is refused', async () => {
    world.fake.faults.push({
      call: 'CreateStack',
      code: 'AlreadyExistsException',
      message: 'Stack [shop-qa] already exists',
    });
    expect(await world.failing(() => world.deploy())).toMatchObject({
      name: 'DeploymentInProgressError',
    });
  });
});
