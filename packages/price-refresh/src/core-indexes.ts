import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An index file of core that is written from a folder, since core runs where no folder can be listed. */
export interface CoreIndex {
  readonly file: string;
  /** As the formatter leaves it. */
  readonly text: string;
}

const source = fileURLToPath(new URL('../../core/src/', import.meta.url));
const head = '// Written by `npm run fix` from the folder; not to be changed by hand.\n';

/** The index of services, from the files of `billing/` that export one, and the index of price lists. */
export function coreIndexes(): readonly CoreIndex[] {
  return [servicesIndex(), listsIndex()];
}

function servicesIndex(): CoreIndex {
  const folder = join(source, 'billing');
  const services = readdirSync(folder)
    .filter((name) => /^(?:aws|azure|google)-.*(?<!\.test)\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const [, id] = /^export const (\w+): BilledService = /m.exec(text) ?? [];
      return id === undefined ? [] : [{ name, id }];
    });
  const imports = services.map(({ name, id }) => `import { ${id} } from './${name}';\n`);
  const ids = services.map(({ id }) => `  ${id},\n`);
  return {
    file: join(folder, 'services.generated.ts'),
    text: `${head}${imports.join('')}import type { BilledService } from './service.ts';

/** Every service that can be billed, by file name. */
export const billedServices: readonly BilledService[] = [
${ids.join('')}];
`,
  };
}

function listsIndex(): CoreIndex {
  const folder = join(source, 'pricing');
  const lists = readdirSync(join(folder, 'lists')).map((name) => ({
    name,
    id: name.replace('.json', '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
  }));
  const imports = lists.map(
    ({ name, id }) => `import ${id} from './lists/${name}' with { type: 'json' };\n`,
  );
  const ids = lists.map(({ id }) => `  ${id},\n`);
  return {
    file: join(folder, 'lists.generated.ts'),
    text: `${head}${imports.join('')}import type { PriceListData } from './price-list-schema.ts';

/** Every price list, by file name. */
export const priceListData: readonly PriceListData[] = [
${ids.join('')}];
`,
  };
}
