import { defaultFunctions, defaultRegions } from '@tricloud/core/catalog';
import type { Cloud, Status } from './cloud.ts';
import type { DeployContext } from './deploy-context.ts';
import { deploy, remove, removals, rollback } from './deploy.ts';
import { describeError } from './describe-error.ts';
import type { Driver } from './driver.ts';
import { MissingCredentialsError } from './errors.ts';
import type { LogLine } from './log-entry.ts';
import { type LogOptions, readLogs } from './logs.ts';
import { makePlan } from './make-plan.ts';
import type { DeployCommand } from './next-command.ts';
import { notDeployed } from './status.ts';
import { brokenRules } from './rules.ts';
import { type Run, startRun } from './run.ts';
import { runtimeCheck } from './runtime-check.ts';
import type { Target } from './target.ts';
import { realTiming, type Timing } from './timing.ts';

/** A cloud: the engine's flows with one driver. */
export function createCloud<S extends Run, T>(
  driver: Driver<S, T>,
  timing: Timing = realTiming,
): Cloud {
  const { inSession, logs } = sessionsOf(driver, timing);
  return {
    id: driver.id,
    defaults: {
      region: defaultRegions[driver.id],
      vcpu: null,
      maxInstances: null,
      ...defaultFunctions[driver.id],
    },
    findRegion: (env) => driver.credentials.findRegion(env),
    brokenRules: (target) => brokenRules(driver.rules, target),
    plan: (target, deploymentPackage, context) =>
      makePlan(driver, target, deploymentPackage, context),
    async differences(target, deploymentPackage, context) {
      try {
        return await inSession('plan', target, context, async (session) =>
          driver.state.differences(session, deploymentPackage, await driver.state.read(session)),
        );
      } catch (error) {
        if (error instanceof MissingCredentialsError) return null;
        throw error;
      }
    },
    deploy: (target, deploymentPackage, context) =>
      inSession('deploy', target, context, (session) => deploy(driver, session, deploymentPackage)),
    status: (target, context) =>
      inSession('status', target, context, async (session): Promise<Status> => {
        const found = await driver.state.read(session);
        return found === null ? notDeployed : driver.state.toStatus(session, found);
      }),
    logs,
    rollback: (target, context) =>
      inSession('rollback', target, context, (session) => rollback(driver, session)),
    removals: (target, context) =>
      inSession('remove', target, context, (session) => removals(driver, session)),
    remove: (target, context) =>
      inSession('remove', target, context, (session) => remove(driver, session)),
    async *doctor(target, context) {
      yield runtimeCheck(driver.id, timing.now());
      yield* driver.credentials.checks(startRun('doctor', target, context, timing));
    },
    signRequest: (target, request, context) =>
      inSession('deploy', target, context, (session) =>
        driver.credentials.signRequest(session, request),
      ),
  };
}

/** Opens a session for each command, and describes what fails in it. */
function sessionsOf<S extends Run, T>(driver: Driver<S, T>, timing: Timing) {
  const described = (error: unknown, run: Run, session: S | null) =>
    describeError(error, {
      cloud: driver.id,
      run,
      readFailure: driver.errors.readFailure,
      leftBehind: async () =>
        session !== null && run.progress.isChanging ? driver.state.leftBehind(session) : [],
    });

  async function inSession<R>(
    command: DeployCommand,
    target: Target,
    context: DeployContext,
    action: (session: S) => Promise<R>,
  ): Promise<R> {
    const run = startRun(command, target, context, timing);
    let session: S | null = null;
    try {
      session = await driver.credentials.open(run);
      return await action(session);
    } catch (error) {
      throw await described(error, run, session);
    }
  }

  async function* logs(
    target: Target,
    options: LogOptions,
    context: DeployContext,
  ): AsyncGenerator<LogLine> {
    const run = startRun('logs', target, context, timing);
    let session: S | null = null;
    try {
      session = await driver.credentials.open(run);
      yield* readLogs(driver, session, options);
    } catch (error) {
      // Ctrl-C is how a person stops following a log.
      if (run.signal.aborted) return;
      throw await described(error, run, session);
    }
  }

  return { inSession, logs };
}
