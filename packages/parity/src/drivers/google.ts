import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { served, type ServedSend } from './served.ts';

let registered = 0;

/** Serves a function with Google's own functions-framework, body parsers and all. */
export function googleSend(cloudFunction: HttpFunction): Promise<ServedSend> {
  registered += 1;
  const name = `probe-${registered}`;
  http(name, cloudFunction);
  return served(getTestServer(name));
}
