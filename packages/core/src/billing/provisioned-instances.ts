// STUB
export function provisionedInstances({
  inFlight,
  concurrency,
  arrivals,
}: {
  inFlight: number;
  concurrency: number;
  arrivals: string;
}): number {
  if (arrivals === 'even') return Math.max(1, Math.ceil(Math.ceil(inFlight) / concurrency));
  let b = 1,
    n = 0;
  while (b >= 0.01 && n < 1e6) {
    n++;
    b = (inFlight * b) / (n + inFlight * b);
  }
  return Math.max(1, Math.ceil(n / concurrency));
}
