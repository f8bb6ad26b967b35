import { expect, test } from 'vitest';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { isServer, nameOf, shortNameOf, sizeOf } from './names.ts';

const { plans, servers, unavailable } = comparisonOf({ ...webApi, includeLegacy: true });

test('every plan has a name, in full and in short', () => {
  const ids = [...plans, ...unavailable].map(({ id }) => id).filter((id) => !isServer(id));

  expect(ids.filter((id) => nameOf(id, 'en') === id || shortNameOf(id) === id)).toEqual([]);
});

test('every server is known as one', () => {
  expect(servers.filter(({ id }) => !isServer(id))).toEqual([]);
  expect(plans.filter(({ id }) => isServer(id))).toEqual([]);
});

test.each([
  { id: 'aws-ec2-t3.small', name: 'AWS EC2 t3.small', size: 't3.small' },
  {
    id: 'google-gce-e2-standard-2',
    name: 'Google Compute Engine e2-standard-2',
    size: 'e2-standard-2',
  },
  {
    id: 'azure-vm-B2als_v2-1y',
    name: 'Azure VM B2als_v2 (1 year)',
    size: 'B2als_v2 (1 year)',
  },
])('$id is $name', ({ id, name, size }) => {
  expect([nameOf(id, 'en'), sizeOf(id, 'en')]).toEqual([name, size]);
});
