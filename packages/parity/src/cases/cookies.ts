import type { RequestCase } from '../contract.ts';
import { probed } from './places.ts';
import { azureEscapesCookies } from './sources.ts';

const first = 'sid=abc; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Path=/; HttpOnly';
const second = 'theme=dark; Path=/; Secure; SameSite=Lax';

/** Every cookie of an answer is a line of its own. */
export const cookieCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P62',
    title: 'two cookies are two lines in order, the comma in Expires intact',
    why: 'CVE-2026-54287: adapters that join or split on a comma',
    where: probed,
    steps: [set([first, second], [first, second])],
  },
  {
    kind: 'requests',
    id: 'P63',
    title: 'each cookie comes back exactly once',
    why: 'h3js/srvx#239',
    where: probed,
    steps: [
      set([first], [first]),
      set([first, second, 'third=3; Path=/'], [first, second, 'third=3; Path=/']),
    ],
  },
  {
    kind: 'requests',
    id: 'P64',
    title: 'a cookie’s value keeps its ==',
    why: 'aws-samples/amazon-cloudfront-functions#64: base64 padding cut at the second =',
    where: probed,
    steps: [set(['Tok=dGVzdDp0ZXN0MQ==; Path=/'], ['Tok=dGVzdDp0ZXN0MQ==; Path=/'])],
  },
  {
    kind: 'requests',
    id: 'T05',
    title: 'the values of two cookies both keep their ==',
    why: 'as P64; a provider may pass one cookie as it is and write the others anew',
    where: probed,
    steps: [set(['a=eA==; Path=/', 'b=eQ==; Path=/'], ['a=eA==; Path=/', 'b=eQ==; Path=/'])],
    impossible: [azureEscapesCookies],
  },
];

function set(lines: readonly string[], cookies: readonly string[]) {
  const query = lines.map(
    (line, at) => `header${at + 1}=${encodeURIComponent(`set-cookie:${line}`)}`,
  );
  return {
    method: 'GET',
    target: `/answer?${query.join('&')}&body=set`,
    expect: { status: 200, cookies, body: 'set' },
  };
}
