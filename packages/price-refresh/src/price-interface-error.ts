/** Thrown when a provider's price interface cannot be reached or answers in a form that is not known; nothing of it is believed then. */
export class PriceInterfaceError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PriceInterfaceError';
  }
}
