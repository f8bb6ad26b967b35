import {
  type Configuration,
  configure,
  deployedPlan,
  type NoConfiguration,
} from '@tricloud/core/catalog';
import type { BrokenRule, Target } from './target.ts';

/**
 * Instance that is deployed for a target; it is what the comparison bills.
 *
 * @throws {Error} for a target that breaks a rule, which is a bug of ours.
 */
export function configurationOf(target: Target): Configuration {
  const configuration = tryConfigure(target);
  if ('reason' in configuration) throw new Error(configuration.reason.en);
  return configuration;
}

/** Where the deployed instance is not the one that was asked for. */
export function configurationLimitations(target: Target): readonly string[] {
  return configurationOf(target).notes.map(({ en }) => en);
}

/** The rule that memory and vCPUs break together; memory by itself has a rule of its own. */
export function brokenConfiguration(target: Target, source: string): readonly BrokenRule[] {
  const { vcpu } = target;
  if ('reason' in tryConfigure({ ...target, vcpu: null })) return [];
  const configuration = tryConfigure(target);
  return 'reason' in configuration
    ? [{ path: 'vcpu', value: vcpu, rule: configuration.reason.en, source }]
    : [];
}

function tryConfigure(target: Target): Configuration | NoConfiguration {
  return configure(deployedPlan[target.cloud], target);
}
