import type { RequestCase } from '../contract.ts';
import { probed } from './places.ts';

/** The status and the headers of an answer reach the client as the function set them. */
export const statusCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P69',
    title: '204 and 304 have no body and keep their headers',
    why: 'h3js/srvx#239; Azure/azure-functions-nodejs-library#461',
    where: probed,
    steps: [
      ...[204, 304].map((status) => ({
        method: 'GET',
        target: `/answer?status=${status}&header1=x-kept:yes`,
        expect: { status, headers: { 'x-kept': 'yes' }, body: '' },
      })),
      { method: 'GET', target: '/answer?body=after', expect: { status: 200, body: 'after' } },
    ],
  },
  {
    kind: 'requests',
    id: 'P70',
    title: 'a redirect’s Location is untouched',
    why: 'h3js/srvx aws.test.ts',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: `/answer?status=302&header1=${encodeURIComponent('location:/next?x=1')}`,
        expect: { status: 302, headers: { location: '/next?x=1' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P71',
    title: 'a header appended twice comes back as one merged line',
    why: 'nitrojs/nitro test/fixture/plugins/vary.ts',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/vary',
        expect: { status: 200, headers: { vary: 'Accept, Accept-Encoding' }, body: 'varies' },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P72',
    title: 'an empty header is kept',
    why: 'h3js/srvx drops it',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/answer?header1=x-empty:&header2=x-full:1&body=ok',
        expect: { status: 200, headers: { 'x-empty': '', 'x-full': '1' }, body: 'ok' },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P73',
    title: '201, 418 and 503 come back as they are',
    why: 'nitrojs/nitro test/tests.ts; AWS has no status text to rely on',
    where: probed,
    steps: [201, 418, 503].map((status) => ({
      method: 'GET',
      target: `/answer?status=${status}&body=status`,
      expect: { status, body: 'status' },
    })),
  },
];
