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
  // Google's API keys.
  [/\bAIza[\w-]{35}/g, blot],
  [/\b(Bearer)\s+[\w.~+/-]{8,}=*/gi, `$1 ${blot}`],
  // No word of a sentence, such as "basic authentication".
  [/\b([Bb]asic)\s+(?=[\w+/-]*[A-Z\d=])[\w+/-]{8,}=*/g, `$1 ${blot}`],
  // Signed URLs of the three clouds.
  [
    /([?&](?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|X-Goog-Signature|X-Goog-Credential|Signature|access_token)=)[^&\s"'\\]+/gi,
    `$1${blot}`,
  ],
  // Keys of Azure's functions; `code=200` is none.
  [/([?&]code=)[^&\s"'\\]{16,}/gi, `$1${blot}`],
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

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Blots out the values of these variables whose names say that they are secrets, in every form in which a text may
 * hold them (as they are, in JSON, in a URL, in base64), and whatever gives itself away as a key or a token. Of what
 * is given to a function, and not of the whole shell, a value that looks made by a machine is a secret by any name.
 */
export function redactor(shell: Environment = {}, ...given: readonly Environment[]): Redact {
  const isGivenSecret = (name: string, value: string) => isSecretName(name) || isOpaque(value);
  const values = [
    ...valuesOf(shell, isSecretName),
    ...given.flatMap((environment) => valuesOf(environment, isGivenSecret)),
  ]
    // Shorter ones stand in too many words by chance.
    .filter((value) => value.length >= 6)
    .flatMap(formsOf);
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => {
    const known = longestFirst.reduce((rest, value) => rest.replaceAll(value, blot), text);
    return telltales.reduce((rest, [pattern, put]) => rest.replace(pattern, put), known);
  };
}

function valuesOf(
  environment: Environment,
  isSecret: (name: string, value: string) => boolean,
): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecret(name, value) ? [value] : [],
  );
}

/** Long, in one piece, letters and digits mixed, and neither an address, a path nor the name of a region. */
function isOpaque(value: string): boolean {
  return (
    /^(?=.*\d)(?=.*[a-z])\S{16,}$/i.test(value) &&
    !/^(?:[a-z][a-z+.-]*:\/\/|\.{0,2}\/)/i.test(value) &&
    !/^[a-z]+(?:-[a-z]+)*-?\d$/.test(value)
  );
}

function formsOf(value: string): readonly string[] {
  const json = inJson(value);
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  const base64url = Buffer.from(value).toString('base64url');
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  return [value, json, inJson(json), encodeURIComponent(value), form, base64, base64url];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
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
