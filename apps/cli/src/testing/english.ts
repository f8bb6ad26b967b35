import { places, providerIds, regionsOf } from '@tricloud/core';

/** Words of English in Vietnamese text that Vietnamese engineers use themselves, and names of products and fields. */
const technical = new Set(
  [
    'workload server serverless instance instances cold start request free tier commitment provisioned concurrency',
    'always ready burst burstable baseline surplus credit credits load balancer gateway trigger snapshot cache endpoint stream streaming',
    'tenant connector email durable push zone region balanced standard cent internet legacy plan json all include',
    'usd mib gib cpu vcpu api apis http disk gb kb ms sku id ssd arm tb nat vpc mau lambda aws google azure cloud run',
    'functions function compute engine flex consumption premium gen based instance deploy tricloud create microvm',
    'snapstart sqs kafka firehose macos route websocket rest get put application connection request dynamic',
    'microsoft linux windows erlang amazon fargate aurora cognito firestore pubsub workflows identity platform',
    'us global',
    'rru wru rwru cdc lcu acu mu pu tu ru epu',
    'vm cpus vcpus infracost official capture transition transitions node web hot cool',
  ].flatMap((line) => line.split(' ')),
);

const names = new Set([
  ...providerIds.flatMap(regionsOf),
  ...places.flatMap(({ vi }) => vi.split(/[ -]/).map((word) => word.toLowerCase())),
]);

// A Vietnamese syllable without marks: an initial, vowels and a final.
const syllable =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(?:[aeiouy]|[aeou][iou]|a[uy]|i[ae]u?|o[ae][iy]?|u[aeoy]|uy[ae]?|uoi|yeu?|ay|uay)(?:ch|ng|nh|[cmnpt])?$/;

// English words that are spelled like Vietnamese syllables.
const lookalikes = new Set([
  'the',
  'an',
  'at',
  'it',
  'its',
  'or',
  'be',
  'than',
  'cheap',
  'more',
  'one',
]);

/** The words of a Vietnamese text that are English and no technical term. */
export function englishIn(text: string): readonly string[] {
  const prose = text
    .replaceAll(/https?:\/\/\S+/g, ' ')
    // Ids, flags, sizes, fields and files: anything with a digit, dot, dash, slash, underscore or inner capital.
    .replaceAll(/\S*[\d_/@]\S*|\S*\w[.-]\w\S*|--\S+|\b[a-z]+[A-Z]\w*/g, ' ');
  return [...prose.matchAll(/[\p{L}\p{M}]+/gu)]
    .map(([word]) => word)
    .filter((word) => /^[A-Za-z]{2,}$/.test(word))
    .filter((word) => {
      const lower = word.toLowerCase();
      if (technical.has(lower) || names.has(lower)) return false;
      return lookalikes.has(lower) || !syllable.test(lower);
    });
}
