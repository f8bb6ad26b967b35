import { regionsOf } from '@tricloud/core/catalog';
import { expect, test } from 'vitest';
import { regions as aws } from '../aws/template/regions.ts';
import { regions as azure } from '../azure/rules/regions.ts';
import { similarRegions } from './similar-regions.ts';

const google = regionsOf('google');

test.each([
  ['us-east1', aws, 'us-east-1', 'another cloud’s spelling'],
  ['eu-west', aws, 'eu-west-1', 'a number forgotten'],
  ['us-central', google, 'us-central1', 'a number forgotten'],
  ['europe_west1', google, 'europe-west1', 'another hyphen'],
  ['weteurope', azure, 'westeurope', 'a letter forgotten'],
  ['WESTEUROPE', azure, 'westeurope', 'in capitals'],
  ['East US 4', azure, 'eastus', 'the name that people read'],
])('%s is likest to %s %s: %s', (name, regions, nearest, _why) => {
  const [first, ...others] = similarRegions(name, [...regions]).split(', ');
  expect(first).toBe(nearest);
  expect(others).toHaveLength(2);
});
