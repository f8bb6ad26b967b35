/** A long-running operation of Google's that ended with an error. */
export class OperationError extends Error {
  /** Name of a `google.rpc.Code`. */
  readonly code: string;
  readonly project: string;
  /** Account that built the function; null where nothing was built, or it is unknown. */
  readonly builtBy: string | null;

  constructor(
    message: string,
    details: { readonly code: string; readonly project: string; readonly builtBy: string | null },
  ) {
    super(message);
    this.name = new.target.name;
    this.code = details.code;
    this.project = details.project;
    this.builtBy = details.builtBy;
  }
}
