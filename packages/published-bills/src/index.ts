export { readBills } from './bills.ts';
export { type ExampleResult, runExample } from './run-example.ts';
