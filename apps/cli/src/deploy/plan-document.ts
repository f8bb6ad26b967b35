import type { MonthOf } from './cost-lines.ts';
import type { PlanReport } from './plan-lines.ts';

/** A plan as `--json` prints it: of variables and secrets it has the names alone. */
export function planDocument(report: PlanReport) {
  const { plan, target, app, cost, differences, unknownBecause, regionSource } = report;
  const { environment, secrets, ...settings } = target;
  return {
    ...plan,
    requests: differences?.length === 0 ? [] : plan.requests,
    settings: { ...settings, environment: Object.keys(environment), secrets: Object.keys(secrets) },
    regionSource,
    missing: app.dynamicImports,
    sourceMaps: app.sourceMapDir,
    cost: cost === null ? null : costDocument(cost),
    differences,
    differencesUnknownBecause: differences === null ? unknownBecause : null,
  };
}

function costDocument({ name, month }: MonthOf) {
  if (!month.isKnown) return { workload: name, bill: null, notes: [month.reason] };
  const { bill, notes } = month.estimate;
  return { workload: name, bill, notes };
}
