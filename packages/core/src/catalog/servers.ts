// STUB
import type { ProviderId } from './provider-ids.ts';
export interface Server {
  readonly provider: ProviderId;
  readonly size: string;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly sustainedShare: number;
  readonly credits: string | null;
  readonly endsOn: string | null;
}
const s = (
  provider: ProviderId,
  size: string,
  vcpu: number,
  gib: number,
  sustainedShare = 1,
  credits: string | null = null,
  endsOn: string | null = null,
): Server => ({
  provider,
  size,
  vcpu,
  memoryMiB: gib * 1024,
  architecture: /^t4g|m7g|c4a/.test(size) ? 'arm64' : 'x86_64',
  sustainedShare,
  credits,
  endsOn,
});
export const servers: readonly Server[] = [
  s('aws', 't3.nano', 2, 0.5, 0.05, 'cpu-credits'),
  s('aws', 't3.micro', 2, 1, 0.1, 'cpu-credits'),
  s('aws', 't3.small', 2, 2, 0.2, 'cpu-credits'),
  s('aws', 't3.medium', 2, 4, 0.2, 'cpu-credits'),
  s('aws', 't3.large', 2, 8, 0.3, 'cpu-credits'),
  s('aws', 'm5.large', 2, 8),
  s('aws', 'm7g.xlarge', 4, 16),
  s('google', 'e2-micro', 2, 1, 0.125),
  s('google', 'e2-small', 2, 2, 0.25),
  s('google', 'e2-medium', 2, 4, 0.5),
  s('google', 'e2-standard-2', 2, 8),
  s('google', 'e2-standard-4', 4, 16),
  s('azure', 'B1ms', 1, 2, 0.2, null, '2028-11-15'),
  s('azure', 'B2ms', 2, 8, 0.3, null, '2028-11-15'),
  s('azure', 'B2ats_v2', 2, 1, 0.2),
  s('azure', 'D2as_v5', 2, 8),
];
