import type { Action, Home } from '../command-line/action.ts';
import type { ParsedBy } from '../command-line/parse.ts';
import { today } from '../command-line/values.ts';
import type { deployments } from '../declarations/deployments.ts';
import { hasAccountSigns } from '../deploy/account-signs.ts';
import type { MonthOf } from '../deploy/cost-lines.ts';
import { differencesWithin, unknown } from '../deploy/known-differences.ts';
import { asCommandError, printJson, printLines } from '../deploy/output.ts';
import { packageApp } from '../deploy/package-app.ts';
import { planDocument } from '../deploy/plan-document.ts';
import { type PlanReport, planLines } from '../deploy/plan-lines.ts';
import { type Prepared, prepare } from '../deploy/prepare.ts';
import type { CloudTarget } from '../deploy/targets.ts';
import { functionFile } from '../dev/function-file.ts';
import { paintFor } from '../terminal.ts';

type PlanRequest = ParsedBy<typeof deployments.plan>;

/** `tricloud plan`: what a deployment creates, changes, sends and costs. */
export const plan: Action<typeof deployments.plan> = async (request, home) => {
  const prepared = await prepare(request);
  const { targets, redact } = prepared;
  const costOf = await costsOf(request.values.workload);
  try {
    const { function: file } = request.values;
    const replacement = file === undefined ? undefined : await functionFile(file);
    const reports = await Promise.all(
      targets.map(async (each): Promise<PlanReport> => ({
        ...(await reportOf(each, prepared, { request, home, replacement })),
        cost: costOf(each),
      })),
    );
    if (request.values.json) {
      printJson(reports.map(planDocument), redact);
      return 0;
    }
    const layout = {
      paint: paintFor(process.stdout, process.env),
      width: process.stdout.columns ?? 120,
      withRequests: request.values.requests,
    };
    printLines(
      reports.flatMap((each) => planLines(each, layout)),
      redact,
    );
    return 0;
  } catch (error) {
    throw asCommandError(error, redact);
  }
};

/** Time-outs for reading what is deployed: a plan is useful without it, too. */
const limitMs = { withAccount: 30_000, without: 3000 };

async function reportOf(
  { cloud, target, regionSource }: CloudTarget,
  { contextFor }: Prepared,
  {
    request,
    home,
    replacement,
  }: { request: PlanRequest; home: Home; replacement: string | undefined },
): Promise<Omit<PlanReport, 'cost'>> {
  const app = await packageApp(cloud.id, replacement, home);
  const context = contextFor({ signal: new AbortController().signal });
  const ms = hasAccountSigns(cloud.id, process.env) ? limitMs.withAccount : limitMs.without;
  const [contents, known] = await Promise.all([
    cloud.plan(target, app.deploymentPackage, context),
    request.values.offline
      ? unknown('--offline')
      : differencesWithin(ms, (signal) =>
          cloud.differences(target, app.deploymentPackage, { ...context, signal }),
        ),
  ]);
  return { plan: contents, target, regionSource, app, ...known };
}

/** The monthly cost of a workload on a target; prices are loaded only where a workload is given. */
async function costsOf(name: string | undefined): Promise<(target: CloudTarget) => MonthOf | null> {
  if (name === undefined) return () => null;
  const [{ monthlyCost }, { readWorkload }] = await Promise.all([
    import('@tricloud/deploy/monthly-cost'),
    import('../workload-file.ts'),
  ]);
  const workload = await readWorkload(name);
  return ({ target }) => ({ name, workload, month: monthlyCost(workload, target, today()) });
}
