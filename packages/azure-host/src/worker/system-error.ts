/** An error of the platform, which the library tells from a user's by its flag. */
export class SystemError extends Error {
  override readonly name = 'AzFuncSystemError';
  readonly isAzureFunctionsSystemError = true;
}

/** A name that the platform does not know; the library tests for exactly this kind. */
export class SystemRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}

/** Thrown when a function replaces what it may only fill. */
export class ReadOnlyError extends TypeError {
  readonly isAzureFunctionsSystemError = true;

  constructor(property: string) {
    super(`Cannot assign to read only property '${property}'`);
  }
}
