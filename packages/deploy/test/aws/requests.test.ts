import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openSession } from '../../src/aws/credentials/session.ts';
import { startRun } from '../../src/engine/run.ts';
import { portOf } from '../azure/port-of.ts';
import { virtualTiming } from '../timing.ts';
import { contextAt, quickAws, target } from './support.ts';
import { worldOfTests } from './world.ts';

const world = await worldOfTests();

/** A proxy that notes the hosts which it is asked to connect to, and refuses. */
async function proxy() {
  const hosts: string[] = [];
  const server = createServer((_request, response) => void response.writeHead(502).end());
  server.on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    hosts,
    url: `http://127.0.0.1:${portOf(server)}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('requests of the SDK', () => {
  test('go through the proxy of the environment, those of every service', async () => {
    const through = await proxy();
    const { url, hosts } = through;
    const here = await contextAt('', {
      HTTPS_PROXY: url,
      NO_PROXY: 'lambda.eu-west-1.amazonaws.com',
    });
    try {
      const session = await openSession(startRun('status', target, here.context, virtualTiming()));
      await Promise.allSettled([
        (await session.cloudFormation()).describeStacks({}),
        (await session.s3()).listObjectVersions({ Bucket: 'bucket' }),
        (await session.logs()).filterLogEvents({ logGroupName: 'group' }),
        (await session.sts()).getCallerIdentity({}),
      ]);
      expect([...new Set(hosts)].toSorted()).toEqual([
        'bucket.s3.eu-west-1.amazonaws.com:443',
        'cloudformation.eu-west-1.amazonaws.com:443',
        'logs.eu-west-1.amazonaws.com:443',
        'sts.eu-west-1.amazonaws.com:443',
      ]);
      // As often as the engine's own requests.
      expect(hosts.filter((host) => host.startsWith('sts.'))).toHaveLength(4);
    } finally {
      await through.stop();
      await here.end();
    }
  });

  test('that a proxy answers with a page are reported without the page', async () => {
    const page = '<!DOCTYPE html><html><body>Please log in to the guest network</body></html>';
    world.fake.faults.push({ call: 'DescribeStacks', times: 9, page });
    const failure = await world.failing(() => quickAws.status(target, world.here.context));
    expect(failure).toMatchObject({
      name: 'DeployError',
      message: 'could not read the status: 127.0.0.1: answered with status 200 (text/html)',
    });
    expect(world.fake.asked).toHaveLength(4);
  });

  test('carry a body that is larger than what fetch can announce', async () => {
    const session = await openSession(
      startRun('deploy', target, world.here.context, virtualTiming()),
    );
    const Body = new Uint8Array(3 * 1024 * 1024).fill(7);
    await (await session.s3()).putObject({ Bucket: 'bucket', Key: 'a b/ü', Body });
    expect(world.fake.objects.get('/bucket/a b/ü')?.length).toBe(Body.length);
  });

  test('are aborted by the signal, and can be asked after it', async () => {
    const session = await openSession(
      startRun('deploy', target, world.here.context, virtualTiming()),
    );
    world.fake.put('shop-qa', 'CREATE_COMPLETE');
    world.here.interrupt();
    await expect((await session.cloudFormation()).describeStacks({})).rejects.toThrow(/aborted/);
    const after = await session.afterAbort().cloudFormation();
    expect((await after.describeStacks({ StackName: 'shop-qa' })).Stacks).toHaveLength(1);
  });
});
