import type { Runtime } from './runtime.ts';
import { source } from './cite.ts';
import { text } from './bilingual.ts';

const stacks = source(
  'https://github.com/Azure/azure-functions-core-tools/blob/main/src/Cli/func/StaticResources/stacks.json',
  '2026-04-24',
);

const linux = text('Chỉ trên Linux.', 'On Linux only.');
const isolated = text('Chạy ngoài tiến trình của host.', 'In a process apart from the host.');
const node24 = text(
  'Dự án Node.js, AWS và Google ghi ngày 30/04/2028; tệp của Azure ghi 2029.',
  'The Node.js project, AWS and Google say 2028-04-30; Azure’s file says 2029.',
);

const rows: readonly (readonly [string, string, string, string | null, Runtime['note']?])[] = [
  ['node-24', 'Node.js', '24', '2029-04-30', node24],
  ['node-22', 'Node.js', '22', '2027-04-30'],
  ['node-20', 'Node.js', '20', '2026-04-30'],
  ['node-18', 'Node.js', '18', '2025-04-30'],
  ['python-3.14', 'Python', '3.14', '2030-10-31', linux],
  ['python-3.13', 'Python', '3.13', '2029-10-31', linux],
  ['python-3.12', 'Python', '3.12', '2028-10-31', linux],
  ['python-3.11', 'Python', '3.11', '2027-10-31', linux],
  ['python-3.10', 'Python', '3.10', '2026-10-31', linux],
  ['python-3.9', 'Python', '3.9', '2025-10-31', linux],
  ['java-25', 'Java', '25', '2032-09-01'],
  ['java-21', 'Java', '21', '2028-09-01'],
  ['java-17', 'Java', '17', '2027-09-01'],
  ['java-11', 'Java', '11', '2027-09-01'],
  ['java-8', 'Java', '8', '2026-11-30'],
  ['dotnet-isolated-10', '.NET', '10', '2028-11-10', isolated],
  ['dotnet-isolated-9', '.NET', '9', '2026-11-10', isolated],
  ['dotnet-isolated-8', '.NET', '8', '2026-11-10', isolated],
  [
    'dotnet-8',
    '.NET',
    '8',
    '2026-11-10',
    text('Chạy trong tiến trình của host.', 'In the host’s own process.'),
  ],
  ['dotnet-framework-4.8', '.NET Framework', '4.8', null],
  ['powershell-7.4', 'PowerShell', '7.4', '2026-11-10'],
  [
    'custom',
    'Custom',
    '–',
    null,
    text('Custom handler: Go, Rust và ngôn ngữ khác.', 'Custom handlers: Go, Rust and others.'),
  ],
];

const previews = new Set(['python-3.14', 'java-25']);

/** The stacks of Azure Functions version 4; Azure names no day from which updates are blocked. */
export const azureRuntimes: readonly Runtime[] = rows.map(
  ([id, language, version, endOfLife, note = null]) => ({
    id,
    language,
    version,
    preview: previews.has(id),
    endOfLife,
    blocked: null,
    note,
    source: stacks,
  }),
);
