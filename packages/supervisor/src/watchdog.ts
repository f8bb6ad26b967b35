import { spawn } from 'node:child_process';

/** Ends processes and removes folders when this process has exited without doing so, even after SIGKILL. */
export interface Watchdog {
  /** Guards the session of a process; the returned function releases it. */
  guard(pid: number): () => void;
  /** Removes a folder when this process has exited. */
  guardFolder(folder: string): void;
  close(): void;
}

/**
 * A shell that waits for the end of its input: the kernel closes the pipe when this process ends, however it
 * ends. A child with a blocked event loop cannot see its channel close, and macOS has no parent-death signal.
 */
const script = `
trap '' INT TERM HUP QUIT
pids=' '; folders=''
while read -r word value; do
  case $word in
    +) pids="$pids$value " ;;
    -) pids="\${pids%% $value *} \${pids#* $value }" ;;
    dir) folders="$folders
$value" ;;
    bye) exit 0 ;;
  esac
done
for pid in $pids; do kill -9 -- "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null; done
printf '%s\\n' "$folders" | while read -r folder; do [ -n "$folder" ] && rm -rf -- "$folder"; done
`;

/** Starts the watchdog in a session of its own, which a terminal's signals do not reach. */
export function startWatchdog(): Watchdog {
  const shell = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const write = (line: string) => shell.stdin.writable && shell.stdin.write(`${line}\n`);
  return {
    guard(pid) {
      write(`+ ${pid}`);
      return () => write(`- ${pid}`);
    },
    guardFolder: (folder) => void write(`dir ${folder}`),
    close() {
      write('bye');
      shell.stdin.end();
    },
  };
}
