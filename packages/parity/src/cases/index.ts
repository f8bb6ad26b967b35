import type { ParityCase } from '../contract.ts';
import { concurrencyCases } from './concurrency.ts';
import { cookieCases } from './cookies.ts';
import { deployedCases } from './deployed.ts';
import { eventCases } from './events.ts';
import { failureCases } from './failures.ts';
import { headerCases } from './headers.ts';
import { limitCases } from './limits.ts';
import { methodCases } from './methods.ts';
import { pathCases } from './path.ts';
import { queryCases } from './query.ts';
import { requestBodyCases } from './request-bodies.ts';
import { responseBodyCases } from './response-bodies.ts';
import { statusCases } from './statuses.ts';

/** Every behaviour that must be the same wherever the function runs. */
export const cases: readonly ParityCase[] = [
  ...queryCases,
  ...pathCases,
  ...methodCases,
  ...headerCases,
  ...requestBodyCases,
  ...limitCases,
  ...responseBodyCases,
  ...cookieCases,
  ...statusCases,
  ...failureCases,
  ...concurrencyCases,
  ...eventCases,
  ...deployedCases,
];
