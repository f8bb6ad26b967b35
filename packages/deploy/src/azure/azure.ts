import type { Cloud, Surroundings } from '../cloud.ts';
import { CredentialsError } from '../errors.ts';
import type { Target } from '../target.ts';
import { checks } from './checks.ts';
import { deploy } from './deploy.ts';
import { differences } from './differences.ts';
import { leftBehind } from './inventory.ts';
import { readLogs } from './logs.ts';
import { baseName } from './names.ts';
import { type Pace, usualPace } from './pace.ts';
import { httpTimeoutSeconds, makePlan } from './plan.ts';
import { remove, removals } from './remove.ts';
import { rollback } from './rollback.ts';
import { brokenRules } from './rules.ts';
import { openSession, type Session } from './session.ts';
import { status } from './status.ts';
import { type Scene, telling } from './tell.ts';

const usualRegion = 'eastus';

/** Azure Functions on Flex Consumption. */
export const azure: Cloud = createAzure(usualPace);

/** Azure with waits of its own. */
export function createAzure(pace: Pace): Cloud {
  const open = (target: Target, surroundings: Surroundings) =>
    openSession(target, surroundings, pace);
  return {
    id: 'azure',
    defaults: {
      region: usualRegion,
      memoryMiB: 2048,
      timeoutSeconds: httpTimeoutSeconds,
      concurrency: 16,
      maxInstances: null,
    },
    brokenRules,
    plan: (target, archive, surroundings) =>
      Promise.resolve().then(() => makePlan(target, archive, surroundings)),
    async differences(target, archive, surroundings) {
      let session: Session;
      try {
        session = await open(target, surroundings);
      } catch (error) {
        if (error instanceof CredentialsError) return null;
        throw error;
      }
      return telling(sceneOf('compare', target, session), () =>
        differences(target, archive, session),
      );
    },
    async deploy(target, archive, surroundings) {
      const session = await open(target, surroundings);
      const { onStep } = surroundings;
      return telling(sceneOf('deploy', target, session), () =>
        deploy(target, archive, session, onStep),
      );
    },
    async status(target, surroundings) {
      const session = await open(target, surroundings);
      return telling(sceneOf('tell the status', target, session), () => status(target, session));
    },
    async *logs(target, options, surroundings) {
      const session = await open(target, surroundings);
      const scene = sceneOf('tell the log', target, session);
      const lines = readLogs(target, options, session);
      for (;;) {
        const next = await telling(scene, () => lines.next());
        if (next.done === true) return;
        yield next.value;
      }
    },
    async rollback(target, surroundings) {
      const session = await open(target, surroundings);
      const { onStep } = surroundings;
      return telling(sceneOf('roll back', target, session), () =>
        rollback(target, session, onStep),
      );
    },
    async removals(target, surroundings) {
      const session = await open(target, surroundings);
      return telling(sceneOf('list the resources', target, session), () =>
        removals(target, session),
      );
    },
    async remove(target, surroundings) {
      const session = await open(target, surroundings);
      const { onStep } = surroundings;
      await telling(sceneOf('remove', target, session), () => remove(target, session, onStep));
    },
    checks: (target, surroundings) => checks(target, surroundings, pace),
  };
}

const changes = new Map([
  ['deploy', 'deploy'],
  ['roll back', 'rollback'],
  ['remove', 'remove'],
]);

function sceneOf(doing: string, target: Target, session: Session): Scene {
  const command = changes.get(doing);
  // What is there is found by its name; only a deployment has to say where.
  const isElsewhere = command === 'deploy' && target.region !== usualRegion;
  const region = isElsewhere ? ` --region azure=${target.region}` : '';
  return {
    doing,
    signal: session.signal,
    redact: session.redact,
    subscription: session.subscription,
    leftBehind: () =>
      command === undefined ? Promise.resolve([]) : leftBehind(baseName(target), session),
    goOn:
      command === undefined
        ? 'tricloud doctor azure'
        : `tricloud ${command} azure --name ${target.name} --stage ${target.stage}${region}`,
  };
}
