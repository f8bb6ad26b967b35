import { priceLists } from '../price-lists.ts';
import { expect, test } from 'vitest';
import { machines } from './machines.ts';

test('the table has every size that has a price an hour on a list, and no other', () => {
  const priced = [
    priceLists.list('aws-ec2'),
    priceLists.list('google-gce'),
    priceLists.list('azure-vm'),
  ].flatMap(({ data }) =>
    data.prices
      .filter(({ meter }) => meter === 'instance')
      .map(({ id }) => `${data.service}-${id}`),
  );
  expect(machines.map(({ id }) => id).toSorted()).toEqual([...new Set(priced)].toSorted());
});

test('a month is 730 hours, with 32 GB of disk and an address where they are asked for', () => {
  const lines = ['aws-ec2-t3.small', 'google-gce-e2-small', 'azure-vm-B1ms'].map((id) => {
    const region = { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' };
    const machine = machines.find((each) => each.id === id);
    const month = machine?.month(region[machine.provider], true) ?? 'none';
    return typeof month === 'string'
      ? month
      : month.each.map(({ quantity, price }) => [
          price.id,
          quantity.numerator / quantity.denominator,
        ]);
  });
  expect(lines).toEqual([
    [
      ['t3.small', 730n],
      ['gp3', 32n],
      ['ipv4', 730n],
    ],
    [
      ['e2-small', 730n],
      ['disk-balanced', 32n],
      ['public-ipv4', 730n],
    ],
    [
      ['B1ms', 730n],
      ['disk-E4', 1n],
      ['ipv4', 730n],
    ],
  ]);
});

test('a size without a price in the region says where it has one', () => {
  const machine = machines.find(({ id }) => id === 'aws-ec2-t3.xlarge');
  expect(machine?.month('us-east-1', false)).toMatch(
    /^no known price in us-east-1; there is one in /,
  );
});
