import { redactJson, type Difference, type Target } from '@tricloud/deploy';
import type { Workload } from '@tricloud/core';
import { parseArguments } from '../arguments.ts';
import { type Aim, aimsOf, cloudsNamed } from '../deploy/aims.ts';
import type { Cost } from '../deploy/cost-lines.ts';
import { asCommandError, printLines, redactFor } from '../deploy/output.ts';
import { packageApp } from '../deploy/package-app.ts';
import { planLines, type ToldPlan } from '../deploy/plan-lines.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { hasSignsOfAccount } from '../deploy/signs-of-account.ts';
import { contextOf } from '../deploy/context.ts';
import { functionFile } from '../dev/function-file.ts';
import type { Command, Home } from '../main.ts';
import { paintFor } from '../terminal.ts';

const options = {
  ...targetOptions,
  function: { type: 'string' },
  workload: { type: 'string' },
  offline: { type: 'boolean' },
  requests: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** How long a plan waits for a cloud to say what is deployed: it is a plan without that as well. */
const askingMs = { withAccount: 30_000, without: 3000 };

/** `tricloud plan`: what a deployment would create, change, send and cost. */
export const plan: Command = async (args, home) => {
  const { values, positionals } = parseArguments('plan', args, options);
  const aims = await aimsOf('plan', cloudsNamed('plan', positionals), values);
  const workload =
    values.workload === undefined
      ? null
      : { name: values.workload, workload: await workloadOf(values.workload) };
  const redact = redactFor(aims.map(({ target }) => target));
  try {
    const replacement =
      values.function === undefined ? undefined : await functionFile(values.function);
    const told = await Promise.all(
      aims.map((aim) =>
        toldPlan(aim, home, {
          functionFile: replacement,
          workload,
          isOffline: values.offline === true,
        }),
      ),
    );
    if (values.json === true) {
      printLines([JSON.stringify(redactJson(told.map(toJson), redact), null, 2)], redact);
      return 0;
    }
    const layout = {
      paint: paintFor(process.stdout, process.env),
      width: process.stdout.columns ?? 120,
      withRequests: values.requests === true,
    };
    printLines(
      told.flatMap((each) => planLines(each, layout)),
      redact,
    );
    return 0;
  } catch (error) {
    throw asCommandError(error, redact);
  }
};

interface Asked {
  readonly functionFile: string | undefined;
  readonly workload: { readonly name: string; readonly workload: Workload } | null;
  readonly isOffline: boolean;
}

async function toldPlan({ cloud, target }: Aim, home: Home, asked: Asked): Promise<ToldPlan> {
  const { deploymentPackage, sourceMapDir, dynamicImports } = await packageApp(
    cloud.id,
    asked.functionFile,
    home,
  );
  const context = contextOf(cloud.id, home, { signal: new AbortController().signal });
  const [made, known] = await Promise.all([
    cloud.plan(target, deploymentPackage, context),
    asked.isOffline
      ? { differences: null, unknownBecause: '--offline' }
      : differencesWithin(
          hasSignsOfAccount(cloud.id, process.env) ? askingMs.withAccount : askingMs.without,
          (signal) => cloud.differences(target, deploymentPackage, { ...context, signal }),
        ),
  ]);
  return {
    plan: made,
    target,
    missing: dynamicImports,
    sourceMaps: sourceMapDir,
    cost: await costOf(target, asked.workload),
    ...known,
  };
}

// Prices and bills are loaded only where a workload is asked for.
async function workloadOf(file: string): Promise<Workload> {
  const { readWorkload } = await import('../workload-file.ts');
  return readWorkload(file);
}

async function costOf(target: Target, workload: Asked['workload']): Promise<Cost | null> {
  if (workload === null) return null;
  const { monthlyCost } = await import('@tricloud/deploy/monthly-cost');
  const asOf = new Date().toISOString().slice(0, 10);
  return { ...workload, month: monthlyCost(workload.workload, target, asOf) };
}

type Known = Pick<ToldPlan, 'differences' | 'unknownBecause'>;

/** Without credentials, or with a cloud that does not answer, a plan is a plan all the same. */
async function differencesWithin(
  ms: number,
  ask: (signal: AbortSignal) => Promise<readonly Difference[] | null>,
): Promise<Known> {
  const giveUp = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Known>((resolve) => {
    timer = setTimeout(() => resolve(notKnown(`no answer within ${ms / 1000} s`)), ms);
  });
  const asked = ask(giveUp.signal).then(
    (differences) =>
      differences === null
        ? notKnown('no credentials were found')
        : { differences, unknownBecause: '' },
    (error: unknown) => notKnown(error instanceof Error ? error.message : String(error)),
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

function notKnown(unknownBecause: string): Known {
  return { differences: null, unknownBecause };
}

function toJson(told: ToldPlan) {
  const { plan: made, target, missing, sourceMaps, cost, differences, unknownBecause } = told;
  const { environment, secrets, ...settings } = target;
  return {
    ...made,
    settings: { ...settings, environment: Object.keys(environment), secrets: Object.keys(secrets) },
    missing,
    sourceMaps,
    cost:
      cost === null
        ? null
        : {
            workload: cost.name,
            ...(cost.month.isKnown
              ? { bill: cost.month.estimate.bill, notes: cost.month.estimate.notes }
              : { bill: null, notes: [cost.month.reason] }),
          },
    differences,
    differencesUnknownBecause: differences === null ? unknownBecause : null,
  };
}
