import { brokenConfiguration } from './configuration.ts';
import type { BrokenRule, Target } from './target.ts';

/** A rule of a provider: what a target must be, and where the provider says so. */
export interface Rule {
  readonly source: string;
  readonly violations: (target: Target) => readonly Violation[];
}

/** What breaks a rule, without the rule's source. */
export type Violation = Omit<BrokenRule, 'source'>;

/** Every rule that a target breaks; nothing is sent to find out. */
export function brokenRules(rules: readonly Rule[], target: Target): readonly BrokenRule[] {
  return rules.flatMap(({ source, violations }) =>
    violations(target).map((violation) => ({ ...violation, source })),
  );
}

/** The rule that memory and vCPUs are available together. */
export function configurationRule(source: string): Rule {
  return { source, violations: (target) => brokenConfiguration(target, source) };
}

/** A rule of one field: the requirement is what would be right, or null where the value is. */
export function fieldRule<K extends keyof Target>(
  path: K,
  source: string,
  requirement: (value: Target[K], target: Target) => string | null,
): Rule {
  return {
    source,
    violations: (target) => {
      const rule = requirement(target[path], target);
      return rule === null ? [] : [{ path, value: target[path], rule }];
    },
  };
}

type NumberField = 'memoryMiB' | 'timeoutSeconds' | 'concurrency' | 'maxInstances';

/** A whole number within bounds, such as `a whole number of seconds from 1 to 900`; null is none. */
export function wholeNumber(
  path: NumberField,
  [least, most]: readonly [number, number],
  unit: string,
  source: string,
): Rule {
  return fieldRule(path, source, (value) =>
    value === null || (Number.isInteger(value) && value >= least && value <= most)
      ? null
      : `a whole number of ${unit} from ${least}${Number.isFinite(most) ? ` to ${most}` : ''}`,
  );
}

/** A rule of every variable's name, of those with a value and of secrets alike. The value is never part of it. */
export function variableRule(
  source: string,
  requirement: (name: string, target: Target) => string | null,
): Rule {
  return {
    source,
    violations: (target) =>
      (['environment', 'secrets'] as const).flatMap((field) =>
        Object.keys(target[field]).flatMap((name) => {
          const rule = requirement(name, target);
          return rule === null ? [] : [{ path: `${field}.${name}`, value: name, rule }];
        }),
      ),
  };
}

/** A rule of every reference to a secret. What stands there may be the secret itself: it is never shown. */
export function secretRule(
  source: string,
  requirement: (reference: string, name: string) => string | null,
): Rule {
  return {
    source,
    violations: ({ secrets }) =>
      Object.entries(secrets).flatMap(([name, reference]) => {
        const rule = requirement(reference, name);
        return rule === null ? [] : [{ path: `secrets.${name}`, value: '(not shown)', rule }];
      }),
  };
}
