import { NoPriceError } from '../pricing/price-list.ts';

/** What is made for a region, or, where a price for it is not known, why not. */
export function orNoPrice<Made>(region: string, make: () => Made): Made | string {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    return `no known price in ${region}; there is one in ${error.regions.join(', ')}`;
  }
}

/** A function of the region that is worked out once for each. */
export function onceARegion<Made>(make: (region: string) => Made): (region: string) => Made {
  const known = new Map<string, Made>();
  return (region) => {
    const made = known.get(region) ?? make(region);
    known.set(region, made);
    return made;
  };
}
