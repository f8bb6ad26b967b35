/** Lets so many in at a time; the others wait in the order they came. */
export interface Gate {
  enter(): Promise<void>;
  leave(): void;
}

/** A gate for `max` at a time. */
export function createGate(max: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    enter() {
      if (inside < max) {
        inside += 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}
