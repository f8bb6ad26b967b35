import { createRequire } from 'node:module';
import path from 'node:path';
import {
  answerPings,
  awaitAssignment,
  blockOutput,
  exitWithParent,
} from '@tricloud/supervisor/in-child';

exitWithParent();
blockOutput();

// The framework's command is its only entry that reads the environment and listens; its package names no path
// to it, so it is found beside the main module.
const require = createRequire(import.meta.url);
const framework = path.dirname(require.resolve('@google-cloud/functions-framework'));
require(path.join(framework, 'server.js'));
require(path.join(framework, 'loader.js'));
await awaitAssignment();
answerPings();
require(path.join(framework, 'main.js'));
