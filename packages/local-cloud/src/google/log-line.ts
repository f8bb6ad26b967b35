import { isObject } from '../is-object.ts';

/** A line that the framework wrote for a function, and the execution it belongs to. */
export interface GoogleLogLine {
  readonly executionId: string | null;
  readonly lines: readonly string[];
}

const labels = 'logging.googleapis.com/labels';

/**
 * With `LOG_EXECUTION_ID` the framework writes a JSON object for what is logged during an execution: text in
 * `message`, or the function's own object with the label added.
 */
export function parseGoogleLogLine(line: string): GoogleLogLine {
  const entry = parse(line);
  const label = entry?.[labels];
  if (entry === undefined || typeof label !== 'object' || label === null) {
    return { executionId: null, lines: [line] };
  }
  const executionId =
    'execution_id' in label && typeof label.execution_id === 'string' ? label.execution_id : null;
  const { message, [labels]: _labels, 'logging.googleapis.com/spanId': _spanId, ...rest } = entry;
  const text =
    typeof message === 'string' && Object.keys(rest).every((key) => key === 'severity')
      ? message
      : JSON.stringify({ ...rest, ...(message === undefined ? {} : { message }) });
  return { executionId, lines: text.replace(/\n$/, '').split('\n') };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
