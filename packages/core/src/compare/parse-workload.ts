import { parseInput } from '../parse-input.ts';
import { WorkloadSchema, type Workload } from './workload.ts';

/** Reads a workload and fills in its defaults; throws `InvalidInputError` with every fault at once. */
export function parseWorkload(input: unknown): Workload {
  return parseInput(WorkloadSchema, input, { subject: 'The workload' });
}
