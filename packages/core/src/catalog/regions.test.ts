import { describe, expect, test } from 'vitest';
import { providerIds } from './provider-ids.ts';
import { nearestRegions, places, regionName, regionsAt, regionsOf } from './regions.ts';

const everyRegion = {
  aws: regionsOf('aws').filter((region) => !/^(?:us-gov|cn|eusc)-/.test(region)),
  google: regionsOf('google'),
  azure: regionsOf('azure'),
};

describe('the regions', () => {
  test('are those that the price lists and the price data name', () => {
    expect(everyRegion.aws).toHaveLength(34);
    expect(everyRegion.google).toHaveLength(43);
    expect(everyRegion.azure.length).toBeGreaterThanOrEqual(57);
  });

  test.each([
    ['aws', 'ap-southeast-1', 'Singapore', 'Singapore'],
    ['aws', 'eu-west-1', 'Dublin, Ireland', 'Dublin, Ireland'],
    ['google', 'europe-west4', 'Eemshaven, Hà Lan', 'Eemshaven, Netherlands'],
    ['azure', 'eastus', 'Virginia, Mỹ', 'Virginia, US'],
  ] as const)('%s %s is in %s', (provider, region, vi, en) => {
    expect(regionName(provider, region)).toEqual({ vi, en });
  });

  test('of no cloud has no name', () => {
    expect(regionName('aws', 'constructor')).toBeUndefined();
  });
});

describe('the nearest regions', () => {
  test.each([
    ['aws', 'me-south-1', ['me-central-1', 'il-central-1', 'ap-south-1'], 'over land'],
    ['aws', 'ap-southeast-6', ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-3'], 'by sea'],
    ['google', 'us-west1', ['us-west3', 'us-west4', 'us-west2'], 'by distance, not by name'],
    ['azure', 'newzealandnorth', ['australiaeast', 'australiacentral', 'australiacentral2'], 'far'],
  ] as const)('of %s to %s are %j: %s', (provider, region, nearest, _why) => {
    expect(nearestRegions({ provider, region }, everyRegion[provider])).toEqual(nearest);
  });

  test('go over the date line', () => {
    const among = ['us-west-2', 'ap-south-1', 'eu-west-1'];
    expect(nearestRegions({ provider: 'aws', region: 'ap-northeast-1' }, among, 1)).toEqual([
      'ap-south-1',
    ]);
    expect(nearestRegions({ provider: 'aws', region: 'ap-southeast-6' }, among, 1)).toEqual([
      'us-west-2',
    ]);
  });

  test('of an unknown region are none', () => {
    expect(nearestRegions({ provider: 'aws', region: 'mars-1' }, everyRegion.aws)).toEqual([]);
  });
});

describe('a place', () => {
  test.each([
    ['singapore', 'ap-southeast-1', 'asia-southeast1', 'southeastasia'],
    ['saopaulo', 'sa-east-1', 'southamerica-east1', 'brazilsouth'],
    ['mumbai', 'ap-south-1', 'asia-south1', 'westindia'],
    ['tokyo', 'ap-northeast-1', 'asia-northeast1', 'japaneast'],
    ['sydney', 'ap-southeast-2', 'australia-southeast1', 'australiaeast'],
    ['london', 'eu-west-2', 'europe-west2', 'uksouth'],
    ['ireland', 'eu-west-1', 'europe-west2', 'northeurope'],
    ['netherlands', 'eu-west-2', 'europe-west4', 'westeurope'],
    ['montreal', 'ca-central-1', 'northamerica-northeast1', 'canadaeast'],
    ['virginia', 'us-east-1', 'us-east4', 'eastus'],
    ['oregon', 'us-west-2', 'us-west1', 'westus2'],
    ['iowa', 'us-east-2', 'us-central1', 'centralus'],
    ['frankfurt', 'eu-central-1', 'europe-west3', 'germanywestcentral'],
    ['paris', 'eu-west-3', 'europe-west9', 'francecentral'],
    ['hongkong', 'ap-east-1', 'asia-east2', 'eastasia'],
    ['seoul', 'ap-northeast-2', 'asia-northeast3', 'koreacentral'],
    ['jakarta', 'ap-southeast-3', 'asia-southeast2', 'indonesiacentral'],
    ['stockholm', 'eu-north-1', 'europe-north2', 'swedencentral'],
  ])('%s is %s, %s and %s', (place, aws, google, azure) => {
    expect(regionsAt(place, everyRegion)).toEqual({ aws, google, azure });
  });

  test('is one of the regions that are given', () => {
    const among = { aws: ['us-east-1', 'eu-west-1'], google: ['us-central1'], azure: ['eastus'] };
    expect(regionsAt('london', among)).toEqual({
      aws: 'eu-west-1',
      google: 'us-central1',
      azure: 'eastus',
    });
  });

  test.each(['São Paulo', 'sao-paulo', 'SAOPAULO'])('is found as %s', (name) => {
    expect(regionsAt(name, everyRegion).aws).toBe('sa-east-1');
  });

  test('is found by its Vietnamese name', () => {
    expect(regionsAt('Luân Đôn', everyRegion).aws).toBe('eu-west-2');
  });

  test('that is unknown is refused, with the nearest spelling', () => {
    expect(() => regionsAt('singapoor', everyRegion)).toThrow(/"singapore" may be meant/);
    expect(() => regionsAt('atlantis', everyRegion)).toThrow(/must be a place: singapore, /);
  });

  test('has a region of each cloud, and an id of letters', () => {
    for (const { id } of places) {
      expect(id).toMatch(/^[a-z]+$/);
      expect(Object.keys(regionsAt(id, everyRegion))).toEqual(providerIds);
    }
  });
});
