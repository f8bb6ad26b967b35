import { describe, expect, test } from 'vitest';
import { filesIn, read, workspaceImports, workspaces } from './workspace-imports.ts';

/** The arrows of the diagram: `a & b --> c & d` is four. */
function diagram(): ReadonlySet<string> {
  const [, mermaid = ''] = /```mermaid\n([\s\S]*?)```/.exec(read('docs/ARCHITECTURE.md')) ?? [];
  const arrows = [...mermaid.matchAll(/^ *([\w &-]+?) --> ([\w &-]+)$/gm)];
  return new Set(
    arrows.flatMap(([, from, to]) =>
      namesIn(from).flatMap((a) => namesIn(to).map((b) => `${a} -> ${b}`)),
    ),
  );
}

function namesIn(text = ''): readonly string[] {
  return text.split('&').map((name) => name.trim());
}

test('the diagram in docs/ARCHITECTURE.md has an arrow for every use, and no other', () => {
  const [drawn, used] = [diagram(), workspaceImports()];
  expect({
    notDrawn: [...used].filter((edge) => !drawn.has(edge)),
    notUsed: [...drawn].filter((edge) => !used.has(edge)),
  }).toEqual({ notDrawn: [], notUsed: [] });
  expect(drawn.size).toBeGreaterThan(20);
});

test('every folder of the repository is named in docs/ARCHITECTURE.md', () => {
  const text = read('docs/ARCHITECTURE.md');
  const paths = workspaces('packages', 'apps', 'tools');
  expect(paths.filter((path) => !text.includes(`\`${path}\``))).toEqual([]);
});

/** Entries of a folder of three: file and folder names without the ending. */
function entries(folder: string): readonly string[] {
  const inside = filesIn(folder).map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
  return [...new Set(inside.filter((name) => !name.endsWith('.test.ts')))]
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

function scripts(app: string): readonly string[] {
  return Object.keys(JSON.parse(read(`apps/${app}/package.json`)).scripts).sort();
}

describe('what exists for three clouds has the same entries in each folder', () => {
  test('the drivers of a deployment', () => {
    const expected = 'apply credentials driver errors logs publish rules state template'.split(' ');
    for (const cloud of ['aws', 'azure', 'google']) {
      expect({ cloud, entries: entries(`packages/deploy/src/${cloud}`) }).toEqual({
        cloud,
        entries: expected,
      });
    }
  });

  test('the deployable apps', () => {
    const apps = ['aws-lambda', 'azure-functions', 'google-cloud-functions'];
    expect(apps.map((app) => scripts(app))).toEqual(
      apps.map(() => ['build', 'check:types', 'deploy', 'deploy:native', 'package', 'start']),
    );
  });
});

describe('the index of decisions', () => {
  const index = read('docs/decisions/README.md');
  const [current = '', old = ''] = index.split(/^## Superseded$/m);
  const decisions = filesIn('docs/decisions').filter((path) => /\/\d{4}-[\w-]+\.md$/.test(path));

  test.each(decisions)('lists %s where its status says', (path) => {
    const name = path.split('/').at(-1) ?? '';
    const status = /^Status: (.*)$/m.exec(read(path))?.[1] ?? 'current';
    const isSuperseded = /^superseded by/i.test(status);
    const link = `](${name})`;
    expect({ current: current.includes(link), old: old.includes(link) }).toEqual({
      current: !isSuperseded,
      old: isSuperseded,
    });
  });
});
