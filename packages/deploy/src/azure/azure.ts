import { defaultFunctions, defaultRegions } from '@tricloud/core/catalog';
import type { Cloud, DeployContext } from '../engine/cloud.ts';
import { CredentialsError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { checks } from './checks.ts';
import { deploy } from './deploy.ts';
import { differences } from './differences.ts';
import { leftBehind } from './inventory.ts';
import { readLogs } from './logs.ts';
import { baseName } from './names.ts';
import { type Pace, usualPace } from './pace.ts';
import { makePlan } from './plan.ts';
import { remove, removals } from './remove.ts';
import { rollback } from './rollback.ts';
import { brokenRules } from './rules.ts';
import { openSession, type Session } from './session.ts';
import { status } from './status.ts';
import { type Scene, telling } from './tell.ts';

/** Azure Functions on Flex Consumption. */
export const azure: Cloud = createAzure(usualPace);

/** Azure with waits of its own. */
export function createAzure(pace: Pace): Cloud {
  const open = (target: Target, context: DeployContext) => openSession(target, context, pace);
  const changing = async <T>(
    verb: keyof typeof verbs,
    target: Target,
    context: DeployContext,
    change: (session: Session, onStep: DeployContext['onStep']) => Promise<T>,
  ): Promise<T> => {
    const session = await open(target, context);
    let hasBegun = false;
    const onStep: DeployContext['onStep'] = (step) => {
      hasBegun = true;
      context.onStep(step);
    };
    const scene = sceneOfChange(verb, target, session, () => hasBegun);
    return telling(scene, () => change(session, onStep));
  };
  return {
    id: 'azure',
    defaults: {
      region: defaultRegions.azure,
      vcpu: null,
      maxInstances: null,
      ...defaultFunctions.azure,
    },
    brokenRules,
    plan: (target, archive, context) =>
      Promise.resolve().then(() => makePlan(target, archive, context)),
    async differences(target, archive, context) {
      let session: Session;
      try {
        session = await open(target, context);
      } catch (error) {
        if (error instanceof CredentialsError) return null;
        throw error;
      }
      return telling(sceneOf('compare', session), () => differences(target, archive, session));
    },
    deploy: (target, archive, context) =>
      changing('deploy', target, context, (session, onStep) =>
        deploy(target, archive, session, onStep),
      ),
    async status(target, context) {
      const session = await open(target, context);
      return telling(sceneOf('tell the status', session), () => status(target, session));
    },
    async *logs(target, options, context) {
      const session = await open(target, context);
      const scene = sceneOf('tell the log', session);
      const lines = readLogs(target, options, session);
      for (;;) {
        const next = await telling(scene, () => lines.next());
        if (next.done === true) return;
        yield next.value;
      }
    },
    rollback: (target, context) =>
      changing('rollback', target, context, (session, onStep) => rollback(target, session, onStep)),
    async removals(target, context) {
      const session = await open(target, context);
      return telling(sceneOf('list the resources', session), () => removals(target, session));
    },
    remove: (target, context) =>
      changing('remove', target, context, (session, onStep) => remove(target, session, onStep)),
    findRegion: () => Promise.resolve(null),
    signRequest: (_target, request) => Promise.resolve(request),
    doctor: (target, context) => checks(target, context, pace),
  };
}

function sceneOf(doing: string, session: Session): Scene {
  const { signal, redact, subscription, command } = session;
  return {
    doing,
    signal,
    redact,
    subscription,
    leftBehind: () => Promise.resolve([]),
    goOn: command('doctor'),
    cleanUp: null,
    look: command('status'),
  };
}

const verbs = { deploy: 'deploy', rollback: 'roll back', remove: 'remove' } as const;

function sceneOfChange(
  verb: keyof typeof verbs,
  target: Target,
  session: Session,
  hasBegun: () => boolean,
): Scene {
  const name = baseName(target);
  return {
    ...sceneOf(verbs[verb], session),
    goOn: session.command(verb),
    cleanUp: verb === 'deploy' ? session.command('remove') : null,
    leftBehind: () =>
      leftBehind(name, session).catch(() =>
        hasBegun() ? [`perhaps resource group ${name}: Azure does not tell`] : [],
      ),
  };
}
