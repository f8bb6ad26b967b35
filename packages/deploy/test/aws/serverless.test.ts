import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Template } from '../../src/aws/template/parse-template.ts';
import { templateKey } from '../../src/aws/template/names.ts';
import { toTarget } from '../../src/engine/to-target.ts';
import { permissionsIn } from './permissions.ts';
import { serverlessFramework } from './serverless.ts';
import { archiveOf, quickAws } from './support.ts';
import { toUpdate, worldOfTests } from './world.ts';

const world = await worldOfTests();
const framework = await serverlessFramework({ PATH: process.env['PATH'] });
let template: Template;

beforeAll(async () => {
  await framework.run('package');
  template = await framework.template();
}, 60_000);
afterAll(() => framework.remove());

const theirs = toTarget({ environment: { TRICLOUD_CORS_ORIGINS: '' } }, quickAws);

describe('a stack of apps/aws-lambda/serverless.yml', () => {
  test('has the resources and permissions of ours', async () => {
    world.fake.put('tricloud-dev', 'UPDATE_COMPLETE', JSON.stringify(template));
    const differences = await quickAws.differences(theirs, archiveOf('one'), world.here.context);
    expect(differences?.map(({ what }) => what)).toEqual([
      'deployment package',
      'TricloudLambdaFunction.Handler',
    ]);
    const plan = await quickAws.plan(theirs, archiveOf('one'), world.here.context);
    expect(permissionsIn(template, theirs)).toEqual(plan.permissions);
  });

  test('is updated in place, and a rollback restores it', async () => {
    world.fake.put('tricloud-dev', 'UPDATE_COMPLETE', JSON.stringify(template));
    const folder = 'serverless/tricloud/dev/1796091987292-2026-12-01T02:26:27.292Z';
    const deployed = JSON.stringify(template).replace(/serverless\/tricloud\/dev\/[^/]+/, folder);
    world.fake.put('tricloud-dev', 'UPDATE_COMPLETE', deployed);
    world.fake.objects.set(`/shop-bucket/${templateKey(folder)}`, Buffer.from(deployed));
    expect(await world.deploy('one', theirs)).toMatchObject({ isChanged: true });
    expect(world.fake.changes()).toEqual(toUpdate);
    await quickAws.rollback(theirs, world.here.context);
    expect(world.fake.stack?.template).toBe(deployed);
  });

  test('that the framework alone deployed rolls back to its previous deployment', async () => {
    world.fake.put('tricloud-dev', 'UPDATE_COMPLETE', JSON.stringify(template));
    const prefix = 'serverless/tricloud/dev/';
    const deployed = JSON.stringify(template).replace(
      /serverless\/tricloud\/dev\/[^/]+/,
      `${prefix}1796091987293-c`,
    );
    world.fake.put('tricloud-dev', 'UPDATE_COMPLETE', deployed);
    for (const folder of ['1796091987291-a', '1796091987292-b', '1796091987293-c']) {
      const body = JSON.stringify({ ...template, Description: folder });
      world.fake.objects.set(`/shop-bucket/${templateKey(prefix + folder)}`, Buffer.from(body));
    }
    await quickAws.rollback(theirs, world.here.context);
    expect(world.fake.stack?.template).toContain('1796091987292-b');
  });
});
