import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from './document.ts';
import { folded } from './folded.ts';

const fromHere = (path: string): URL => new URL(path, import.meta.url);
const { version }: { version: string } = JSON.parse(
  await readFile(fromHere('../package.json'), 'utf8'),
);

await writeFile(
  fromHere('../src/openapi.generated.json'),
  `${JSON.stringify(folded(openApiDocument(version)))}\n`,
);
