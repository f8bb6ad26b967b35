export type {
  Answer,
  CaseResult,
  CaseStep,
  Difference,
  EventCase,
  Expectation,
  HeaderLine,
  Impossible,
  Invoke,
  Json,
  Mismatch,
  ParityCase,
  Place,
  Reason,
  RequestCase,
  Send,
  Step,
} from './contract.ts';
export { cases } from './cases/index.ts';
export { httpSend, type HttpSend } from './http-send.ts';
export { runCases, type RunOptions } from './run-cases.ts';
export { agree, type RuntimeResults } from './agree.ts';
export { formatParityTable, parityReport, type ParityReport } from './report.ts';
