// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references (2026-11-22).
const byUri = /^@Microsoft\.KeyVault\(SecretUri=(https:\/\/[^\s;)]+)\)$/;
const byName =
  /^@Microsoft\.KeyVault\(VaultName=([A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]);SecretName=([0-9A-Za-z-]{1,127})(?:;SecretVersion=[0-9a-f]*)?\)$/;
const secretUri =
  /^https:\/\/([a-z0-9-]+)\.vault\.azure\.net\/secrets\/([0-9A-Za-z-]{1,127})(?:\/[0-9a-f]*)?\/?$/i;

/** A secret in the user's own vault. */
export interface KeyVaultReference {
  readonly vault: string;
  /** Value of the app setting. */
  readonly setting: string;
}

/** Reads a reference, or the URL of a secret alone; null where it is neither. */
export function readKeyVaultReference(text: string): KeyVaultReference | null {
  const named = byName.exec(text);
  if (named?.[1] !== undefined) return { vault: named[1], setting: text };
  const uri = byUri.exec(text)?.[1] ?? text;
  const vault = secretUri.exec(uri)?.[1];
  return vault === undefined ? null : { vault, setting: `@Microsoft.KeyVault(SecretUri=${uri})` };
}
