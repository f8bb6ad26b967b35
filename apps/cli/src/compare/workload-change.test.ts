import { expect, test } from 'vitest';
import { parse } from '../command-line/parse.ts';
import { compare } from '../declarations/costs.ts';
import { workloadChange } from './workload-change.ts';

/** The change that options of a command line ask for. */
function changeOf(options: string) {
  const args = ['w.json', ...options.split(' ').filter((each) => each !== '')];
  return workloadChange(parse(compare, args, {}).values);
}

test.each<{ options: string; input: object; output: object; why: string }>([
  { options: '', input: { region: 7 }, output: { region: 7 }, why: 'no flag changes nothing' },
  {
    options: '--place singapore',
    input: { place: 'tokyo', region: { aws: 'us-east-1' } },
    output: { place: 'singapore' },
    why: 'a place takes the place and the regions of the file away',
  },
  {
    options: '--place singapore --region aws=us-east-1',
    input: { region: { azure: 'eastus' } },
    output: { place: 'singapore', region: { aws: 'us-east-1' } },
    why: 'a region stays beside a place',
  },
  {
    options: '--region aws=us-east-1 --region google=us-central1,azure=eastus',
    input: { region: { aws: 'eu-west-1' } },
    output: { region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' } },
    why: 'regions are given once or more often',
  },
  {
    options: '--region aws=us-east-1',
    input: { region: { azure: 'eastus' }, place: 'tokyo' },
    output: { region: { aws: 'us-east-1', azure: 'eastus' }, place: 'tokyo' },
    why: 'regions of the file stay beside those of the flag',
  },
  {
    options: '--commitment 1y --arrivals even --redundancy 2 --include-legacy --no-free-tier',
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
])('$why', ({ options, input, output }) => {
  expect(changeOf(options)(input)).toEqual(output);
});

const changeWithPlace = (place: string) =>
  workloadChange(parse(compare, ['w.json', '--place', place], {}).values);

test('leaves what is no object to be refused', () => {
  expect(changeOf('--place singapore')([1])).toEqual([1]);
});

test.each(['São Paulo', 'sao-paulo', 'SAOPAULO'])('takes %s for a place', (place) => {
  expect(changeWithPlace(place)({})).toEqual({ place: 'saopaulo' });
});

test.each(['Hà Nội', 'Hanoi', 'Luân Đôn'])('takes the Vietnamese or English name %s', (place) => {
  expect(changeWithPlace(place)({})).toEqual({
    place: place === 'Luân Đôn' ? 'london' : 'hanoi',
  });
});

test.each([
  {
    options: '--place=singapor',
    message: '--place takes a place such as singapore, not "singapor"',
    hint: 'did you mean --place singapore?',
  },
  {
    options: '--place=mars',
    message: '--place takes a place such as singapore, not "mars"',
    hint: undefined,
  },
  {
    options: '--place=',
    message: '--place needs a value',
    hint: undefined,
  },
  {
    options: '--commitment=3y',
    message: '--commitment takes none or 1y, not "3y"',
    hint: 'such as --commitment 1y',
  },
  {
    options: '--redundancy=3',
    message: '--redundancy takes 1 or 2, not "3"',
    hint: 'such as --redundancy 2',
  },
  {
    options: '--arrivals=poisson',
    message: '--arrivals takes random or even, not "poisson"',
    hint: 'such as --arrivals even',
  },
  {
    options: '--arrivals=constructor',
    message: '--arrivals takes random or even, not "constructor"',
    hint: 'such as --arrivals even',
  },
])('refuses $options', ({ options, message, hint }) => {
  expect(() => changeOf(options)).toThrow(expect.objectContaining({ message, hint }));
});
