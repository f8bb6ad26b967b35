import {
  declare,
  flag,
  negated,
  option,
  optionOr,
  repeatable,
} from '../command-line/declaration.ts';
import { one } from '../command-line/operands.ts';
import { day, oneOf, regions, text, today } from '../command-line/values.ts';

const printOptions = {
  prices: option('FILE', 'own prices', text),
  asOf: optionOr('YYYY-MM-DD', '(today)', { parse: day, fallback: today }),
  lang: optionOr('en|vi', '(en)', { parse: oneOf('en', 'vi'), fallback: () => 'en' as const }),
};

export const compare = declare({
  name: 'compare',
  summary: 'cost of a workload on each plan and on servers',
  description: 'Compares the monthly cost of a workload on every plan and on servers.',
  operands: one('<workload.json>', 'a workload file'),
  usageNote: '(- reads standard input)',
  options: {
    all: flag('every row, size, break-even point, note and source'),
    sensitivity: flag('changes that make another the cheapest'),
    place: option('PLACE', 'the regions nearest to it', text),
    region: repeatable('aws=R,google=R,azure=R', '', regions),
    commitment: option('1y', '(none)', oneOf('none', '1y')),
    redundancy: option('2', '(1)', oneOf('1', '2')),
    arrivals: option('even', '(random)', oneOf('random', 'even')),
    includeLegacy: flag('more plans'),
    freeTier: negated(''),
    ...printOptions,
    json: flag('as JSON'),
  },
  notes: `
Places: singapore, saopaulo, mumbai, tokyo, osaka, sydney, melbourne, london,
ireland, netherlands, montreal, toronto, virginia, ohio, iowa, texas, oregon,
california, frankfurt, paris, stockholm, zurich, milan, madrid, warsaw,
hongkong, taiwan, seoul, jakarta, kualalumpur, bangkok, hanoi, hochiminhcity,
telaviv, dubai, johannesburg, capetown, santiago, queretaro, auckland
A workload has requestsPerMonth, durationMs, memoryMiB; optional: vcpu,
architecture, concurrencyPerInstance, cpuPerRequest, arrivals, peakToAverage,
coldStarts, initMs, responseKiB, place, region, egress, frontDoor,
diskAndAddress, redundancy, commitment, everyServer, includeLegacy, freeTier.`,
});

export const bill = declare({
  name: 'bill',
  summary: 'cost of a month of any services, line by line',
  description: 'Bills a month of any services of an account, line by line.',
  operands: one('<usage.json>', 'a usage file'),
  usageNote: '(- reads standard input)',
  options: {
    json: flag('the whole bill with exact amounts'),
    freeTier: negated('without the free tier'),
    ...printOptions,
  },
  notes: `
A usage file lists the usage of each service:
  { "freeTier": true, "items": [{ "service": "aws-sqs", "region": "us-east-1",
                                  "usage": { "requests": 3000000 } }] }
Items share the free tier and the price tiers of their account. Each service
has a file in examples/usage/, with its plans and fields. A file of own prices:
  { "aws-lambda": "-12%", "aws-sqs/standard@us-east-1": "0.0000003" }`,
});
