import { expect, test } from 'vitest';
import { target } from '../../test/engine/fake-driver.ts';
import { deploymentId } from './deployment-id.ts';

const id = deploymentId(target, { sha256: 'a' });

test('the same target and package have the same id', () => {
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(deploymentId({ ...target }, { sha256: 'a' })).toBe(id);
});

test('another package or another setting has another id', () => {
  expect(deploymentId(target, { sha256: 'b' })).not.toBe(id);
  expect(deploymentId({ ...target, environment: { MODE: 'live' } }, { sha256: 'a' })).not.toBe(id);
});
