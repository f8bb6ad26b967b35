import { runFiles } from './run-files.ts';

process.exitCode = await runFiles(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
