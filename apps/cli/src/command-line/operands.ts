import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import { UsageError } from '../errors.ts';
import type { Operands } from './declaration.ts';
import { numberFrom, provider } from './values.ts';

/** No operands. */
export const none: Operands<null> = {
  usage: '',
  parse([first], command) {
    if (first === undefined) return null;
    throw new UsageError(`${command} takes no argument ${first}`);
  },
};

/** Exactly one operand, such as `a workload file`. */
export function one(usage: string, what: string): Operands<string> {
  return {
    usage,
    parse([first, second], command) {
      if (first === undefined || first === '') throw new UsageError(`${command} needs ${what}`);
      if (second === undefined) return first;
      const single = what.replace(/^an? /, '');
      throw new UsageError(`${command} takes one ${single}, not also ${second}`);
    },
  };
}

/** One cloud or several, each once, in the usual order. */
export const clouds: Operands<readonly ProviderId[]> = {
  usage: '<aws|google|azure…>',
  parse(texts, command) {
    const names = texts.flatMap((list) => list.split(',')).filter((name) => name !== '');
    const ids = names.map((name) => provider(name, command));
    if (ids.length > 0) return providerIds.filter((id) => ids.includes(id));
    throw new UsageError(`${command} needs a cloud, or more: aws, google, azure`, {
      hint: `such as tricloud ${command} aws`,
    });
  },
};

/** Some clouds; all three where none is named. */
export const cloudsOrAll: Operands<readonly ProviderId[]> = {
  usage: '[aws|google|azure…]',
  parse: (texts, command) => (texts.length === 0 ? providerIds : clouds.parse(texts, command)),
};

/** Exactly one cloud. */
export const oneCloud: Operands<ProviderId> = {
  usage: '<aws|google|azure>',
  parse(texts, command) {
    const [id, second] = clouds.parse(texts, command);
    if (id !== undefined && second === undefined) return id;
    throw new UsageError(`${command} takes one cloud`);
  },
};

/** `install`, and the major version where one is given; null where there is nothing to install. */
export const nodeAction: Operands<{ readonly major: number | undefined } | null> = {
  usage: '[install [MAJOR]]',
  parse([action, major, surplus], command) {
    if (action === undefined) return null;
    if (action !== 'install') throw new UsageError(`${command} has no action ${action}`);
    if (surplus !== undefined) {
      throw new UsageError(`${command} install takes one MAJOR, not also ${surplus}`);
    }
    return { major: major === undefined ? undefined : numberFrom(1, 999)(major, 'MAJOR') };
  },
};
