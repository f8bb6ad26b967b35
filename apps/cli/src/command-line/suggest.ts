import { nearest } from '@tricloud/core/parts';

/** The name that was probably meant: the one that begins so, or a letter or two away; else `undefined`. */
export function suggest(given: string, names: readonly string[]): string | undefined {
  const isBeginning = /[a-z]{2}/i.test(given);
  const longer = isBeginning ? names.find((name) => name.startsWith(given)) : undefined;
  return longer ?? nearest(given, names);
}

/** The hint with that name; the other hint where there is none. */
export function didYouMean(given: string, names: readonly string[], otherwise?: string) {
  const meant = suggest(given, names);
  return meant === undefined ? otherwise : `did you mean ${meant}?`;
}

/** The hint that leads to a command's help. */
export function seeHelp(command: string): string {
  return `tricloud ${command} --help lists what it takes`;
}

/** The hint that leads to the list of commands. */
export const seeOverview = 'tricloud --help lists the commands';
