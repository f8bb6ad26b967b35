import { runFile } from './run-file.ts';

process.exitCode = await runFile(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
