/**
 * The program of a child process beside the module that starts it: its source, or where that module is bundled, the
 * file that `tricloud.processes` in the package.json of its package names.
 */
export function programBeside(moduleUrl: string, source: string, bundled: string): URL {
  return new URL(moduleUrl.endsWith('.ts') ? source : bundled, moduleUrl);
}
