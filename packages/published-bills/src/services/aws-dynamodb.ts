import { above, amount, count, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf, type Item, type Restated, type StatedAllowance } from '../restated.ts';

const inputs = fields({
  region: v.optional(v.string('the name of a region'), 'us-east-1'),
  mode: v.optional(oneOf(['on-demand', 'provisioned'])),
  wru: v.optional(amount(), 0),
  rru: v.optional(amount(), 0),
  writes_1kb: v.optional(count(), 0),
  reads_4kb_strong: v.optional(count(), 0),
  wcu: v.optional(amount()),
  rcu: v.optional(amount()),
  hours: v.optional(real(0, 744)),
  days: v.optional(above(0, 31)),
  storage_gb: v.optional(amount()),
  avg_storage_gb: v.optional(amount()),
  pitr_gb: v.optional(amount(), 0),
  backup_gb: v.optional(amount(), 0),
  /** Of `backup_gb`, what was deleted before the month ended. */
  backup_deleted_gb: v.optional(amount(), 0),
  backup_deleted_after_days: v.optional(real(0, 31)),
  restore_gb: v.optional(amount(), 0),
  export_gb: v.optional(amount(), 0),
  cdc_units: v.optional(count(), 0),
  streams_reads: v.optional(count(), 0),
  streams_rru: v.optional(count(), 0),
  dax_nodes: v.optional(amount()),
  dax_node_hourly: v.optional(amount()),
  dax_hours: v.optional(amount()),
  /** The region of a replica, where it is known. */
  replica: v.optional(v.union([v.string(), v.boolean()], 'the name of a region, or true')),
  replicated_wru: v.optional(amount(), 0),
  rwru_per_million: v.optional(amount()),
  replica_storage_gb: v.optional(amount(), 0),
  transfer_gb: v.optional(amount(), 0),
  transfer_usd_per_gb: v.optional(amount()),
  price_override: v.optional(
    v.nullable(
      fields(
        { wru_per_million: v.optional(amount()), rru_per_million: v.optional(amount()) },
        'null or an object',
      ),
    ),
  ),
  free_storage_gb: v.optional(v.nullable(amount())),
  streams_free: v.optional(v.nullable(amount())),
  free_tier: v.optional(
    v.nullable(
      fields(
        {
          wcu: v.optional(amount(), 0),
          rcu: v.optional(amount(), 0),
          storage_gb: v.optional(amount(), 0),
          streams: v.optional(amount(), 0),
        },
        'null or an object',
      ),
    ),
  ),
});

type Inputs = v.InferOutput<typeof inputs>;

function isProvisioned({ mode, wcu, rcu }: Inputs): boolean {
  return mode === undefined ? wcu !== undefined || rcu !== undefined : mode === 'provisioned';
}

/** A check that belongs to one field. */
function only(field: keyof Inputs, isRight: (given: Inputs) => boolean, right: string) {
  return v.forward(v.check(isRight, right), [field]);
}

const provisioned = 'left out where mode is "on-demand"';
const onDemand = 'left out where mode is "provisioned"';

const checked = v.pipe(
  inputs,
  only('wcu', (given) => given.wcu === undefined || isProvisioned(given), provisioned),
  only('rcu', (given) => given.rcu === undefined || isProvisioned(given), provisioned),
  only('wru', (given) => given.wru === 0 || !isProvisioned(given), onDemand),
  only('rru', (given) => given.rru === 0 || !isProvisioned(given), onDemand),
  only('writes_1kb', (given) => given.writes_1kb === 0 || !isProvisioned(given), onDemand),
  only(
    'reads_4kb_strong',
    (given) => given.reads_4kb_strong === 0 || !isProvisioned(given),
    onDemand,
  ),
  only(
    'avg_storage_gb',
    (given) => given.avg_storage_gb === undefined || given.storage_gb === undefined,
    'left out where storage_gb is given',
  ),
  only(
    'backup_deleted_gb',
    (given) => given.backup_deleted_gb <= given.backup_gb,
    'no more than backup_gb',
  ),
  only(
    'backup_deleted_after_days',
    ({ backup_deleted_after_days: after = 0, days = 30 }) => after <= days,
    'no more than days',
  ),
  only(
    'dax_node_hourly',
    (given) => given.dax_nodes === undefined || given.dax_node_hourly !== undefined,
    'given where dax_nodes is',
  ),
  only(
    'dax_nodes',
    ({ dax_nodes, dax_node_hourly, dax_hours }) =>
      dax_nodes !== undefined || (dax_node_hourly === undefined && dax_hours === undefined),
    'given where dax_node_hourly or dax_hours is',
  ),
  only(
    'transfer_usd_per_gb',
    (given) => given.transfer_gb === 0 || given.transfer_usd_per_gb !== undefined,
    'given where transfer_gb is',
  ),
);

const replicated = ['replicated-wru'];

/** Bills of DynamoDB; DAX nodes and what passes between regions at the prices that they state. */
export const awsDynamodb = mappingOf(checked, (given): Restated => {
  const { dax_nodes = 0, dax_node_hourly = 0, dax_hours = 730 } = given;
  const { transfer_gb, transfer_usd_per_gb = 0, price_override } = given;
  const wru = perUnit(price_override?.wru_per_million);
  const rru = perUnit(price_override?.rru_per_million);
  return {
    items: itemsOf(given),
    free: freeOf(given),
    prices: { wru, rru, 'replicated-wru': perUnit(given.rwru_per_million) },
    stated: [
      { line: 'dax', quantity: dax_nodes * dax_hours, usd: dax_node_hourly },
      { line: 'transfer', quantity: transfer_gb, usd: transfer_usd_per_gb },
    ],
    lines: {
      writes: ['wru', 'wcu'],
      reads: ['rru', 'rcu'],
      storage: ['storage', 'replica-storage'],
      backup: ['backup'],
      pitr: ['pitr'],
      restore: ['restore'],
      cdc: ['cdc'],
      export: ['export'],
      streams: ['streams'],
      replicated_writes: replicated,
      replica_writes: replicated,
      global_table_writes: replicated,
      rwru: replicated,
      replica_storage: ['replica-storage'],
      wru: ['wru'],
      rru: ['rru'],
      wcu: ['wcu'],
      rcu: ['rcu'],
    },
  };
});

function perUnit(perMillion: number | undefined): number | undefined {
  return perMillion === undefined ? undefined : perMillion / 1_000_000;
}

function itemsOf(given: Inputs): readonly Item[] {
  const { region, storage_gb, avg_storage_gb, backup_gb, backup_deleted_gb, days = 30 } = given;
  const deletedAfter = given.backup_deleted_after_days ?? 0;
  const besides = {
    storageGbMonths: storage_gb ?? avg_storage_gb ?? 0,
    pitrGbMonths: given.pitr_gb,
    backupGbMonths: backup_gb - backup_deleted_gb + (backup_deleted_gb * deletedAfter) / days,
    restoredGb: given.restore_gb,
    exportedGb: given.export_gb,
    streamsReadRequests: given.streams_reads + given.streams_rru,
    cdcUnits: given.cdc_units,
  };
  const table = isProvisioned(given)
    ? {
        plan: 'provisioned',
        usage: {
          writeCapacityUnits: given.wcu ?? 0,
          readCapacityUnits: given.rcu ?? 0,
          hours: hoursOf(given),
          ...besides,
        },
      }
    : {
        plan: 'on-demand',
        usage: {
          writeRequestUnits: given.wru + given.writes_1kb,
          readRequestUnits: given.rru + given.reads_4kb_strong,
          ...besides,
        },
      };
  return [{ service: 'aws-dynamodb', region, ...table }, ...replicaOf(given)];
}

function hoursOf({ hours, days }: Inputs): number {
  return hours ?? (days === undefined ? 730 : days * 24);
}

/** Where prices of storage are known; elsewhere a replica is billed as the table is, if the bill names no other price. */
const knownStorage = new Set(['us-east-1', 'eu-west-1', 'eu-central-1']);

function replicaOf(given: Inputs): readonly Item[] {
  const { region, replica, replicated_wru, replica_storage_gb } = given;
  const there = typeof replica === 'string' ? replica : region;
  const plan = 'on-demand';
  // A price that the example states holds in any region.
  const writes = {
    service: 'aws-dynamodb',
    region: given.rwru_per_million === undefined ? there : 'us-east-1',
    plan,
    usage: { replicatedWriteRequestUnits: replicated_wru },
  };
  const storage = {
    service: 'aws-dynamodb',
    region: knownStorage.has(there) ? there : region,
    plan,
    usage: { replicaStorageGbMonths: replica_storage_gb },
  };
  return [
    ...(replicated_wru === 0 ? [] : [writes]),
    ...(replica_storage_gb === 0 ? [] : [storage]),
  ];
}

function freeOf(given: Inputs): readonly StatedAllowance[] {
  const { free_tier, free_storage_gb, streams_free } = given;
  const hours = hoursOf(given);
  const storage = free_storage_gb ?? free_tier?.storage_gb ?? 0;
  return [
    // A replica is in another region, and each region has its own.
    { prices: ['storage'], quantity: storage },
    { prices: ['replica-storage'], quantity: storage },
    { prices: ['streams'], quantity: streams_free ?? free_tier?.streams ?? 0 },
    { prices: ['wcu'], quantity: (free_tier?.wcu ?? 0) * hours },
    { prices: ['rcu'], quantity: (free_tier?.rcu ?? 0) * hours },
  ];
}
