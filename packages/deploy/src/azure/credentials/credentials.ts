import * as v from 'valibot';
import type { Driver } from '../../engine/driver.ts';
import { nothingDeployed } from '../../engine/refusals.ts';
import { type Deployed, findSite } from '../state/site.ts';
import { spelledRight } from '../rules/regions.ts';
import { apiVersions } from '../template/versions.ts';
import { readAzSetting } from './az-setting.ts';
import { checks } from './checks.ts';
import { type AzureSession, openSession } from './session.ts';

const KeysSchema = v.object({ functionKeys: v.object({ default: v.string() }) });

/** Credentials, region and callers on Azure. */
export const credentials: Driver<AzureSession, Deployed>['credentials'] = {
  async findRegion(env) {
    const found = await readAzSetting(env, 'defaults', 'location');
    return found && { region: spelledRight(found.value) ?? found.value, source: found.source };
  },
  open: openSession,
  checks,
  async signRequest(session, request) {
    if (session.target.auth === 'none') return request;
    const site = await findSite(session);
    if (site === null) throw nothingDeployed(session);
    const { json } = await session.arm.send({
      method: 'POST',
      path: `${site.id}/host/default/listkeys`,
      version: apiVersions.web,
    });
    const signed = new Request(request);
    signed.headers.set('x-functions-key', v.parse(KeysSchema, json).functionKeys.default);
    return signed;
  },
};
