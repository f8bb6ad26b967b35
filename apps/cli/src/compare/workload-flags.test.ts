import { expect, test } from 'vitest';
import { type WorkloadFlags, workloadChange } from './workload-flags.ts';

test.each<{ flags: WorkloadFlags; input: object; output: object; why: string }>([
  { flags: {}, input: { region: 7 }, output: { region: 7 }, why: 'no flag changes nothing' },
  {
    flags: { place: 'singapore' },
    input: { place: 'tokyo', region: { aws: 'us-east-1' } },
    output: { place: 'singapore' },
    why: 'a place takes the place and the regions of the file away',
  },
  {
    flags: { place: 'singapore', region: ['aws=us-east-1'] },
    input: { region: { azure: 'eastus' } },
    output: { place: 'singapore', region: { aws: 'us-east-1' } },
    why: 'a region stays beside a place',
  },
  {
    flags: { region: ['aws=us-east-1', 'google=us-central1, azure=eastus'] },
    input: { region: { aws: 'eu-west-1' } },
    output: { region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' } },
    why: 'regions are given once or more often',
  },
  {
    flags: { region: ['aws=us-east-1'] },
    input: { region: { azure: 'eastus' }, place: 'tokyo' },
    output: { region: { aws: 'us-east-1', azure: 'eastus' }, place: 'tokyo' },
    why: 'regions of the file stay beside those of the flag',
  },
  {
    flags: {
      commitment: '1y',
      arrivals: 'even',
      redundancy: '2',
      'include-legacy': true,
      'no-free-tier': true,
    },
    input: { commitment: 'none', freeTier: true },
    output: {
      commitment: '1y',
      arrivals: 'even',
      redundancy: 2,
      includeLegacy: true,
      freeTier: false,
    },
    why: 'all at once, over what the file says',
  },
])('$why', ({ flags, input, output }) => {
  expect(workloadChange(flags)(input)).toEqual(output);
});

test('leaves what is no object to be refused', () => {
  expect(workloadChange({ place: 'singapore' })([1])).toEqual([1]);
});

test.each(['São Paulo', 'sao-paulo', 'SAOPAULO'])('takes %s for a place', (place) => {
  expect(workloadChange({ place })({})).toEqual({ place: 'saopaulo' });
});

test.each(['Hà Nội', 'Hanoi', 'Luân Đôn'])('takes the Vietnamese or English name %s', (place) => {
  expect(workloadChange({ place })({})).toEqual({
    place: place === 'Luân Đôn' ? 'london' : 'hanoi',
  });
});

test.each([
  {
    flags: { place: 'singapor' },
    message: '--place takes a place such as singapore, not "singapor"',
    hint: 'did you mean --place singapore?',
  },
  {
    flags: { place: 'mars' },
    message: '--place takes a place such as singapore, not "mars"',
    hint: 'tricloud compare --help lists what it takes',
  },
  {
    flags: { place: '' },
    message: '--place takes a place such as singapore, not ""',
    hint: 'tricloud compare --help lists what it takes',
  },
  {
    flags: { commitment: '3y' },
    message: '--commitment takes none or 1y, not "3y"',
    hint: 'such as --commitment 1y',
  },
  {
    flags: { redundancy: '3' },
    message: '--redundancy takes 1 or 2, not "3"',
    hint: 'such as --redundancy 1',
  },
  {
    flags: { arrivals: 'poisson' },
    message: '--arrivals takes random or even, not "poisson"',
    hint: 'such as --arrivals even',
  },
  {
    flags: { arrivals: 'constructor' },
    message: '--arrivals takes random or even, not "constructor"',
    hint: 'such as --arrivals even',
  },
])('refuses $flags', ({ flags, message, hint }) => {
  expect(() => workloadChange(flags)).toThrow(expect.objectContaining({ message, hint }));
});
