#!/usr/bin/env node
// Nothing is imported before the version is known: an old Node says so in one line instead of
// stumbling over a file that it cannot read.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tricloud: Node 20.19 or later is needed, and this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  void import('./launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
}
