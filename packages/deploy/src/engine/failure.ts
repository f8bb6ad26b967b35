/** What a provider said of a failure, in the engine's terms. */
export interface Failure {
  readonly kind: 'credentials' | 'in progress' | 'other';
  /** In the provider's own words, the code first. */
  readonly message: string;
  /** Command of the provider's own tool that fixes it, such as `az login`; null where none is known. */
  readonly fix: string | null;
}
