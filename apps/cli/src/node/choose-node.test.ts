import { expect, test } from 'vitest';
import { chooseNode, type NodeBinary } from './choose-node.ts';

const named = { path: '/named/node', version: '22.1.0' };
const own20 = { path: '/own/node', version: '20.19.0' };
const own24 = { path: '/own/node', version: '24.1.0' };
const cached22 = { path: '/cache/22/node', version: '22.23.5' };
const cached24 = { path: '/cache/24/node', version: '24.22.3' };

interface Row {
  readonly flag?: NodeBinary | number;
  readonly own: NodeBinary;
  readonly installed?: NodeBinary;
  readonly chosen: NodeBinary | undefined;
  readonly why: string;
}

test.each<Row>([
  { flag: named, own: own24, installed: cached24, chosen: named, why: '--node PATH wins' },
  { flag: 24, own: own24, installed: cached24, chosen: own24, why: '--node 24 is the own Node' },
  { flag: 24, own: own20, installed: cached24, chosen: cached24, why: '--node 24 is installed' },
  { flag: 22, own: own24, installed: cached22, chosen: cached22, why: '--node 22 is installed' },
  { flag: 22, own: own24, installed: cached24, chosen: undefined, why: '--node 22 is missing' },
  { own: own24, installed: cached24, chosen: own24, why: 'the own Node has the deployed major' },
  { own: own20, installed: cached24, chosen: cached24, why: 'the deployed major is installed' },
  { own: own20, installed: cached22, chosen: own20, why: 'another major is installed' },
  { own: own20, chosen: own20, why: 'nothing else is there' },
])('functions run on $chosen.path $chosen.version: $why', ({ flag, own, installed, chosen }) => {
  const cached = (major: number) =>
    installed?.version.startsWith(`${major}.`) === true ? installed : undefined;

  expect(chooseNode({ flag, deployedMajor: 24, own, cached })).toEqual(chosen);
});
