import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
// Inside the package, so that the examples resolve what its users would.
const folder = join(root, 'node_modules', '.cache', `examples-${process.pid}`);

interface PublicExport {
  /** Such as `./aws`. */
  readonly entry: string;
  readonly name: string;
  /** The doc comment of its declaration; empty where there is none. */
  readonly comment: string;
}

/** Every export of an entry, with the comment of its declaration, in whichever file that stands. */
function exportsOf(entry: string, file: string): readonly PublicExport[] {
  const text = readFileSync(join(root, file), 'utf8');
  const own = [...text.matchAll(declaration)].map(([, comment = '', name = '']) => ({
    entry,
    name,
    comment,
  }));
  const others = [...text.matchAll(/^export (?:type )?\{([^}]+)\} from '(\.[^']+)'/gm)];
  return [
    ...own,
    ...others.flatMap(([, names = '', from = '']) => {
      const wanted = names.split(',').map((name) => name.trim());
      const there = exportsOf(entry, join(dirname(file), from));
      return wanted.flatMap((name) => {
        if (name === '') return [];
        return there.find((each) => each.name === name) ?? { entry, name, comment: '' };
      });
    }),
  ];
}

const declaration =
  /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\n?export (?:async )?(?:function|interface|type|class|const) (\w+)/g;

/** The example as a module: `expression; // => value` is an assertion. */
function moduleOf({ comment }: PublicExport): string {
  const [, code = ''] = /@example\n \* ```ts\n([\s\S]*?)\n \* ```/.exec(comment) ?? [];
  const lines = code.split('\n').map((line) => line.replace(/^ \* ?/, ''));
  const asserted = lines.map((line) =>
    line.replace(/^(.+); \/\/ => (.+)$/, 'expect($1).toEqual($2);'),
  );
  const body = asserted.join('\n');
  const start = body.includes('expect(') ? "import { expect } from 'vitest';\n" : '';
  return `${start}${body}\nexport {};\n`;
}

const all = Object.entries(packageJson.exports).flatMap(([entry, file]) => exportsOf(entry, file));
const fileOf = ({ entry, name }: PublicExport) =>
  join(folder, `${entry.replace(/\W/g, '')}${name}.ts`);

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const each of all) writeFileSync(fileOf(each), moduleOf(each));
  const config = { extends: join(root, 'tsconfig.json'), include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  // What only Lambda's managed runtime has.
  vi.stubGlobal('awslambda', {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: { from: (stream: unknown) => stream },
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true, force: true });
});

test.each(Object.entries(packageJson.exports))(
  'every export of %s is found',
  async (entry, file) => {
    const exported: object = await import(pathToFileURL(join(root, file)).href);
    const names = all.filter((each) => each.entry === entry).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(exported)));
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/^export (?:\*|default|type \*)/m);
  },
);

test.each(all)('the example of $name from $entry runs', async (each) => {
  expect(each.comment).toContain('@example\n * ```ts\n');
  expect(moduleOf(each)).toContain(each.name);
  expect(moduleOf(each)).toContain('expect(');
  await import(pathToFileURL(fileOf(each)).href);
});

test('the examples have the types that they show', () => {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const args = [join(dirname(typescript), 'bin/tsc'), '-p', folder];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});
