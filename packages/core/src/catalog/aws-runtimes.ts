import type { Runtime } from './runtime.ts';
import { source } from './cite.ts';
import { text } from './bilingual.ts';

// Taken there from https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html.
const read = source('https://endoflife.date/aws-lambda', '2026-08-22');

const custom = text(
  'Cho Go, Rust và mọi ngôn ngữ biên dịch khác.',
  'For Go, Rust and anything else compiled.',
);
const image = text('Chỉ dùng được dưới dạng image container.', 'As a container image only.');
const onAl2 = text('Chạy trên Amazon Linux 2.', 'Runs on Amazon Linux 2.');

const rows: readonly (readonly [
  string,
  string,
  string,
  string,
  string | null,
  Runtime['note']?,
])[] = [
  ['nodejs24.x', 'Node.js', '24', '2028-04-30', '2028-07-01'],
  ['nodejs22.x', 'Node.js', '22', '2027-04-30', '2027-07-01'],
  ['nodejs20.x', 'Node.js', '20', '2026-04-30', '2027-03-03'],
  ['nodejs18.x', 'Node.js', '18', '2025-09-01', '2027-03-03'],
  ['python3.14', 'Python', '3.14', '2029-06-30', '2029-08-31'],
  ['python3.13', 'Python', '3.13', '2029-06-30', '2029-08-31'],
  ['python3.12', 'Python', '3.12', '2028-10-31', '2029-01-10'],
  ['python3.11', 'Python', '3.11', '2027-06-30', '2027-08-31'],
  ['python3.10', 'Python', '3.10', '2026-10-31', '2027-03-03'],
  ['python3.9', 'Python', '3.9', '2025-12-15', '2027-03-03'],
  ['java25', 'Java', '25', '2029-06-30', '2029-08-31'],
  ['java21', 'Java', '21', '2029-06-30', '2029-08-31'],
  ['java17.al2023', 'Java', '17', '2029-06-30', '2029-08-31'],
  ['java11.al2023', 'Java', '11', '2029-06-30', '2029-08-31'],
  ['java8.al2023', 'Java', '8', '2029-06-30', '2029-08-31'],
  ['java17', 'Java', '17', '2027-06-30', '2027-08-31', onAl2],
  ['java11', 'Java', '11', '2027-06-30', '2027-08-31', onAl2],
  ['java8.al2', 'Java', '8', '2027-06-30', '2027-08-31', onAl2],
  ['java8', 'Java', '8', '2024-01-08', '2027-03-03'],
  ['dotnet10', '.NET', '10', '2028-11-14', '2029-01-15'],
  ['dotnet9', '.NET', '9', '2026-11-10', null, image],
  ['dotnet8', '.NET', '8', '2026-11-10', '2027-03-03'],
  ['ruby4.0', 'Ruby', '4.0', '2029-03-31', '2029-05-31'],
  ['ruby3.4', 'Ruby', '3.4', '2028-03-31', '2028-05-31'],
  ['ruby3.3', 'Ruby', '3.3', '2027-03-31', '2027-05-31'],
  ['ruby3.2', 'Ruby', '3.2', '2026-03-31', '2027-03-03'],
  ['provided.al2023', 'Custom', 'AL2023', '2029-06-30', '2029-08-31', custom],
  ['provided.al2', 'Custom', 'AL2', '2026-07-31', '2027-03-03', custom],
  ['provided', 'Custom', 'AL1', '2024-01-08', '2027-03-03', custom],
  ['go1.x', 'Go', '1.x', '2024-01-08', '2027-03-03'],
];

/** Lambda's managed runtimes: `endOfLife` is the deprecation, `blocked` the end of updates. */
export const awsRuntimes: readonly Runtime[] = rows.map(
  ([id, language, version, endOfLife, blocked, note = null]) => ({
    id,
    language,
    version,
    preview: false,
    endOfLife,
    blocked,
    note,
    source: read,
  }),
);
