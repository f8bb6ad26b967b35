import { billUsage, compare, InvalidInputError, parseUsage, parseWorkload } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { readJson } from './body.ts';
import { jsonResponse, uncacheable } from './document.ts';
import type { Route } from './env.ts';
import { ProblemError } from './problem.ts';

/** A workload on every plan and on servers. */
export function comparison(today: () => string): Route {
  return calculated('workload', (input) =>
    compare(parseWorkload(input, priceLists), { asOf: today(), prices: priceLists }),
  );
}

/** A month of services, line by line. */
export function bill(today: () => string): Route {
  return calculated('usage document', (input) =>
    billUsage(parseUsage(input, priceLists), { asOf: today() }),
  );
}

/** Answers a JSON body; throws `ProblemError` 422 with every fault of its contents. */
function calculated(what: string, calculate: (input: unknown) => object): Route {
  return async ({ req }) => {
    const input = await readJson(req.raw);
    try {
      return jsonResponse(calculate(input), uncacheable);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const detail = `The body is JSON but no ${what}.`;
      throw new ProblemError(422, { detail, faults: error.faults });
    }
  };
}
