import { runFiles } from './run-files.ts';

process.exitCode = await runFiles(process.argv.slice(2), console);
