/** A price of the caller's own, in place of a list price or as a discount on it. */
export interface OwnPrice {
  /** As the caller wrote it: `aws-lambda`, `aws-ec2/t3.small`, either with `@us-east-1` behind it. */
  readonly key: string;
  /** As the caller wrote it: US dollars per unit of the list such as `0.0116`, or a discount such as `-12%`. */
  readonly value: string;
  readonly service: string;
  /** The price on the list; every price of the service where it is left out. */
  readonly id: string | undefined;
  /** Every region of the list where it is left out. */
  readonly region: string | undefined;
}

/** The caller's own prices, in the order given. */
export type OwnPrices = readonly OwnPrice[];
