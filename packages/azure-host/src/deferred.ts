/** A promise together with what settles it (`Promise.withResolvers` needs Node 22). */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

/** A promise that is resolved from outside. */
export function deferred<T>(): Deferred<T> {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((settle) => {
    settlers.push(settle);
  });
  return {
    promise,
    resolve: (value) => {
      for (const settle of settlers) settle(value);
    },
  };
}
