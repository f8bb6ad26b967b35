/** Base of this package's expected failures: what the person who started the local cloud can repair. */
export class LocalCloudError extends Error {
  override name = 'LocalCloudError';
}

/** A port that was asked for is taken by another process. */
export class PortInUseError extends LocalCloudError {
  override name = 'PortInUseError';
  readonly port: number;
  /** The command line's flag that chooses another port. */
  readonly flag: string;

  constructor(port: number, flag: string, options?: ErrorOptions) {
    super(`Port ${port} is already in use. Choose another with ${flag} <port>.`, options);
    this.port = port;
    this.flag = flag;
  }
}
