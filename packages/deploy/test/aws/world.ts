import { afterEach, beforeEach } from 'vitest';
import type { Deployment } from '../../src/engine/cloud.ts';
import { commandByName, type DeployCommand } from '../../src/engine/next-command.ts';
import type { Target } from '../../src/engine/target.ts';
import { FakeAws } from './fake-aws.ts';
import { archiveOf, failureOf, planted, quickAws, contextAt, target } from './support.ts';

/** A control plane and context that each test has anew; after each, whatever was told is searched for credentials. */
export interface World {
  fake: FakeAws;
  here: Awaited<ReturnType<typeof contextAt>>;
  /** Everything that a test was told, to be searched for what nobody may see. */
  readonly told: unknown[];
  deploy(text?: string, changed?: Partial<Target>): Promise<Deployment>;
  /** The account of a failure. */
  failing(action: () => Promise<unknown>): Promise<Record<string, unknown>>;
}

/** A command line of these tests' target. */
export const commandLine = (command: DeployCommand): string => commandByName(command, target);

/** A template as far as it tells that our function is deployed. */
export const deployedTemplate = JSON.stringify({
  Resources: {
    ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
    TricloudLambdaFunction: { Type: 'AWS::Lambda::Function' },
  },
});

/** The changes that create a stack with the bucket alone. */
export const toCreate: readonly string[] = ['CreateStack'];

/** The changes that deploy a package to a stack that exists. */
export const toUpdate: readonly string[] = ['PUT object', 'PUT object', 'UpdateStack'];

/** The world of a file of tests. */
export async function worldOfTests(): Promise<World> {
  const world: World = {
    fake: new FakeAws(),
    here: await contextAt(''),
    told: [],
    deploy: (text = 'one', changed = {}) =>
      quickAws.deploy({ ...target, ...changed }, archiveOf(text), world.here.context),
    async failing(action) {
      const failure = await failureOf(action);
      world.told.push(failure);
      return failure;
    },
  };
  await world.here.end();
  beforeEach(async () => {
    world.fake = await new FakeAws().start();
    world.here = await contextAt(world.fake.url);
    world.told.length = 0;
  });
  afterEach(async () => {
    await world.fake.stop();
    await world.here.end();
    const everything = JSON.stringify([world.told, world.here.steps]);
    const seen = Object.values(planted).filter((secret) => everything.includes(secret));
    if (seen.length > 0) throw new Error(`${seen.length} credentials were told: ${everything}`);
  });
  return world;
}
