/**
 * Hands a value over as whatever type is asked for: tests give adapters what no compiler would let
 * through.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's type is the point
export function untyped<T>(value: unknown): T {
  const box = Object.assign(Object.create(null), { value });
  return box.value;
}
