import { text, textWith, memoryText } from '../catalog/bilingual.ts';
import type { ServerSize } from '../catalog/servers.ts';
import type { Text } from '../catalog/text.ts';
import { isMore, product, exactly, quantity, ratio, type Quantity } from '../pricing/quantity.ts';
import { cpuPerRequest, type Workload } from './workload.ts';

/** Memory that Linux takes of a server, in MiB; an assumption, since no provider states it for every size. */
export const operatingSystemMiB = 256;

/**
 * Concurrent requests that one server serves: as many instances of the function as its memory holds next to the operating
 * system and as have the vCPUs that they ask for, and no more than its vCPUs keep up with. A burstable vCPU counts with its sustained share where the provider
 * throttles it, and whole where it bills surplus credits.
 */
export function serverCapacity(
  server: ServerSize,
  workload: Workload,
): Quantity | { readonly reason: Text } {
  const { architecture, memoryMiB, vcpu } = server;
  if (architecture === 'arm64' && workload.architecture !== architecture) {
    return {
      reason: textWith(
        'Kiến trúc là {0}; máy là {1}',
        'The architecture is {0}; the server is {1}',
        text(workload.architecture),
        text(architecture),
      ),
    };
  }
  const held = Math.floor((memoryMiB - operatingSystemMiB) / workload.memoryMiB);
  if (held < 1) return { reason: tooLittleMemory(server, workload) };
  if (workload.vcpu !== null && workload.vcpu > vcpu) {
    return {
      reason: textWith(
        'Hàm cần {0} vCPU; máy có {1}',
        'The function needs {0} vCPU; the server has {1}',
        workload.vcpu,
        vcpu,
      ),
    };
  }
  const busy = cpuPerRequest(workload);
  if (isMore(busy, quantity(BigInt(vcpu)))) {
    return {
      reason: textWith(
        'Mỗi yêu cầu dùng {0} vCPU; máy có {1}',
        'A request keeps {0} vCPU busy; the server has {1}',
        workload.cpuPerRequest ?? 1,
        vcpu,
      ),
    };
  }
  const instances =
    workload.vcpu === null ? held : Math.min(held, Math.floor(vcpu / workload.vcpu));
  const byMemory = quantity(BigInt(instances) * BigInt(workload.concurrencyPerInstance));
  const byCpu = ratio(sustainedVcpu(server), busy);
  return isMore(byMemory, byCpu) ? byCpu : byMemory;
}

/** vCPU that a server has all the time: those it may burst to where surplus credits are billed. */
function sustainedVcpu({ vcpu, sustainedShare, aboveSustained }: ServerSize): Quantity {
  const share = aboveSustained === 'throttled' ? exactly(sustainedShare) : quantity(1n);
  return product(quantity(BigInt(vcpu)), share);
}

function tooLittleMemory({ memoryMiB }: ServerSize, workload: Workload): Text {
  return textWith(
    'Cần {0} cho hàm và {1} cho hệ điều hành; máy có {2}',
    'The function needs {0} and the operating system {1}; the server has {2}',
    memoryText(workload.memoryMiB),
    memoryText(operatingSystemMiB),
    memoryText(memoryMiB),
  );
}
