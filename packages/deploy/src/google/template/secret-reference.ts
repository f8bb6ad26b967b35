/** A version of a secret in Secret Manager. */
export interface SecretVersion {
  /** Null for the function's own project. */
  readonly project: string | null;
  readonly secret: string;
  readonly version: string;
}

/** The forms of a reference, as gcloud's `--set-secrets` and Secret Manager write it. */
export const secretForms =
  'SECRET:VERSION, projects/PROJECT/secrets/SECRET:VERSION or projects/PROJECT/secrets/SECRET/versions/VERSION';

const form =
  /^(?:projects\/(?<project>[a-z0-9][a-z0-9.:-]*)\/secrets\/(?<name>[\w-]{1,255})(?:\/versions\/|:)|(?<short>[\w-]{1,255}):)(?<version>latest|[1-9]\d*|[a-zA-Z][\w-]{0,62})$/;

/** Reads a reference; null where Secret Manager has no such form. */
export function parseSecretReference(reference: string): SecretVersion | null {
  const groups = form.exec(reference)?.groups;
  const secret = groups?.['name'] ?? groups?.['short'];
  const version = groups?.['version'];
  if (secret === undefined || version === undefined) return null;
  return { project: groups?.['project'] ?? null, secret, version };
}
