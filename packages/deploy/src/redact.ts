/** A text with every secret in it blotted out. */
export type Redact = (text: string) => string;

const blot = '[redacted]';

/** Words in the names of variables whose values nobody should see. */
const secretWords = new Set(
  `key keys apikey apikeys accesskey privatekey secret secrets token tokens password passwords passwd passphrase pass
   pwd credential credentials auth authorization cookie dsn sas signature webhook connectionstring connstr conn`.split(
    /\s+/,
  ),
);

/** What gives itself away wherever it stands; the part in front of it stays where it says what it was. */
const telltales: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, blot],
  // AWS access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, blot],
  // JSON Web Tokens (RFC 7519), as Azure's and OpenID's bearer tokens are.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, blot],
  // Google's access tokens.
  [/\bya29\.[\w.-]{8,}/g, blot],
  [/\b(Bearer|Basic)\s+[\w.~+/-]{8,}=*/gi, `$1 ${blot}`],
  // Signed URLs of the three clouds.
  [
    /([?&](?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|X-Goog-Signature|X-Goog-Credential|Signature|access_token|code)=)[^&\s"'\\]+/gi,
    `$1${blot}`,
  ],
  [/\b((?:Account|SharedAccess|Shared)Key=)[^;"'\s\\]+/gi, `$1${blot}`],
  [/(\/\/[^/\s:@"']+:)[^@\s/"']+(?=@)/g, `$1${blot}`],
];

// Where a secret lies is no secret, and what `doctor` is asked for.
const places =
  /(?:^(?:OLD)?PWD|^GOOGLE_APPLICATION_CREDENTIALS|_FILE|_PATH|_DIR|_SOCK|_URI|_ARN|_NAME|_ID)$/;

/** Whether a variable's name says that its value is a secret: one of its words does. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  return !places.test(name) && [...words, ...pairs].some((word) => secretWords.has(word));
}

/**
 * Blots out the values of these variables whose names say that they are secrets, in every form in which a text may
 * hold them (as they are, in JSON, in a URL, in base64), and whatever gives itself away as a key or a token.
 */
export function redactor(
  ...environments: readonly Readonly<Record<string, string | undefined>>[]
): Redact {
  const values = environments
    .flatMap((environment) => Object.entries(environment))
    .flatMap(([name, value]) => (value !== undefined && isSecretName(name) ? [value] : []))
    // Shorter ones stand in too many words by chance.
    .filter((value) => value.length >= 6)
    .flatMap(formsOf);
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => {
    const known = longestFirst.reduce((rest, value) => rest.replaceAll(value, blot), text);
    return telltales.reduce((rest, [pattern, put]) => rest.replace(pattern, put), known);
  };
}

function formsOf(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), base64];
}

/** Every text of a value of JSON redacted. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => redactJson(each, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, redactJson(each, redact)]),
  );
}
