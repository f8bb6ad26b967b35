/** Masks every secret in a text. */
export type Redact = (text: string) => string;

const mask = '[redacted]';

/** Words in the names of variables whose values must not be shown. */
const secretWords = new Set(
  `key keys apikey apikeys accesskey privatekey secret secrets token tokens password passwords passwd passphrase pass
   pwd pw pin credential credentials auth authorization cookie dsn sas sig signature webhook connectionstring connstr
   conn license licence passcode otp salt jwt`.split(/\s+/),
);

/** A word that ends in one of those, such as PGPASSWORD or ENCRYPTIONKEY, but none of the language. */
const secretEnding =
  /(?:password|passwd|passphrase|passcode|pwd|secret|token|credential)s?$|(?<!^(?:mon|don|tur|hoc|joc|whis|hot|mic|lac|dic|flun))keys?$|^(?:user|card|sim|my|login|account)pin$|^(?:db|user|my|pg|sql|admin|root|smtp|mail|redis)pass$/;

// The host of an HTTP URL has a dot, is `localhost` or an IPv6 address; else what stands before a colon is a user.
const port = String.raw`\d{1,5}(?:[/?#\s:,;)'"<>\\]|$)`;
const host = String.raw`(?:[^\s:/@"'\\<>]*\.[^\s:/@"'\\<>]*|localhost|\[[^\]\s]*\])`;
const user = String.raw`[^\s:/@"'\\<>]*:`;
/** May hold `@`, `/`, quotes and a few spaces. */
const password = String.raw`(?:(?!${port})(?:[^\s"\\@]+ ){1,4})?[^\s"\\]+(?=@)`;

/** Values that are secrets wherever they stand, and what is shown in their place. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // AWS access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, mask],
  // JSON Web Tokens (RFC 7519), as Azure's and OpenID's bearer tokens are.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, mask],
  // Google's access tokens and API keys.
  [/\bya29\.[\w.-]{8,}/g, mask],
  [/\bAIza[\w-]{35}/g, mask],
  // Tokens of Slack, GitHub, GitLab, npm and Stripe.
  [/\bxox[a-z]-[\w-]+/g, mask],
  [/\b(?:gh[oprsu]_|github_pat_|glpat-|npm_|[rs]k_(?:live|test)_)[\w-]{16,}/g, mask],
  [
    /(\/\/hooks\.slack\.com\/|\/\/discord(?:app)?\.com\/api\/webhooks\/)[^\s"'\\<>]+/gi,
    `$1${mask}`,
  ],
  [/\b(Authorization["']?\s*[:=]\s*["']?(?:Bearer|Basic|Token)\s+)[^\s"'\\,;]+/gi, `$1${mask}`],
  // Not a word of a sentence, such as "a bearer of news".
  [/\b(Bearer)\s+(?=[\w.~+/-]{8}|[\w.~+/-]*\d)[\w.~+/-]+=*/gi, `$1 ${mask}`],
  // Not a word of a sentence, such as "basic authentication".
  [/\b([Bb]asic)\s+(?=[\w+/-]*[A-Z\d=])[\w+/-]{8,}=*/g, `$1 ${mask}`],
  // Keys of Azure's functions; `code=200` is none.
  [/([?&]code=)[^&\s"'\\]{16,}/gi, `$1${mask}`],
  // A user alone is a token.
  [/\b((?:git\+)?https?:\/\/)[^\s:/?#@"'\\<>]+(?=@)/gi, `$1${mask}`],
  // What follows the host of an HTTP URL may be a port and a path.
  [
    new RegExp(String.raw`\b((?!https?:)[a-z][a-z\d+.-]*:\/\/${user})${password}`, 'gi'),
    `$1${mask}`,
  ],
  [new RegExp(String.raw`\b(https?:\/\/(?!${host}:${port})${user})${password}`, 'gi'), `$1${mask}`],
];

/** `?name=value` of a URL, and `Name=value;` of a connection string or an environment. */
const parameter = /([?&])([\w.-]+)=([^&\s"'\\#]+)/g;
const assignment =
  /(^|[^\w?&.-])((?:\w+ )?[\w-]+)=((?:"(?!\$)[^"\\]*"|'(?!\$)[^']*'|[^;"'\s\\$&=][^;"'\n\\=]*(?=;)|[^;"'\s\\$&][^;"'\s\\]*))/g;
/**
 * `name: value` of a header or of YAML, and `"name":"value"` of JSON, which stays JSON. A sentence, such as "password: must
 * be long", goes on after its first word, and an ARN has no space.
 */
const field =
  /(^|[^\w?&.-])([\w-]+)(\\?["']\s*:\s*\\?["']|:[ \t]+\\?["']?)((?!\[redacted\])(?:(?<=["'])[^"'\\]+|(?=\S*\d|[^\s,;}]+[ \t]*(?:[,;}\n]|$))[^\s"'\\,;{}[\]]+))/g;
const secretField =
  /(?:password|passwd|passphrase|passcode|pwd|\wsecret|(?:api|access|account|client|encryption|private|secret|signing)[_-]?key|\w[_-]?token)$/i;
/** In a text these words name other things as well, such as the key of an object. */
const ambiguousWords = /^(?:keys?|tokens?|auth|pass|sig)$/i;
// Where a secret is kept is no secret, and `doctor` reports it.
const places =
  /(?:^(?:OLD)?PWD|^GOOGLE_APPLICATION_CREDENTIALS|_FILE|_PATH|_DIR|_SOCK|_URI|_ARN|_NAME|_ID)$/;

/** True for a variable whose name says that its value is a secret: one of its words does. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  return (
    !places.test(name) &&
    (words.some((word) => secretEnding.test(word)) ||
      [...words, ...pairs].some((word) => secretWords.has(word)))
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Masks the values of variables whose names say that they are secrets, in every encoding in which a text may hold them
 * (plain, JSON, URL, base64), and whatever has the form of a key, a token or a password. Of the variables given to a
 * function, unlike those of the shell, a value that looks generated is a secret whatever its name.
 */
export function redactor(shell: Environment = {}, ...given: readonly Environment[]): Redact {
  const isGivenSecret = (name: string, value: string) => isSecretName(name) || isOpaque(value);
  const values = [
    ...valuesOf(shell, isSecretName),
    ...given.flatMap((environment) => valuesOf(environment, isGivenSecret)),
  ]
    // Shorter ones stand in too many words by chance.
    .filter((value) => value.length >= 6)
    .flatMap(encodingsOf);
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => {
    const known = longestFirst.reduce((rest, value) => rest.replaceAll(value, mask), text);
    const formed = patterns.reduce((rest, [pattern, shown]) => rest.replace(pattern, shown), known);
    return maskNamed(formed);
  };
}

function maskNamed(text: string): string {
  return text
    .replace(parameter, (whole, before, name) =>
      isSecretName(name) ? `${before}${name}=${mask}` : whole,
    )
    .replace(assignment, (whole, before, name) =>
      isSecretName(name) && !ambiguousWords.test(name) ? `${before}${name}=${mask}` : whole,
    )
    .replace(field, (whole, before, name, colon) =>
      secretField.test(name) && isSecretName(name) ? `${before}${name}${colon}${mask}` : whole,
    );
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

function encodingsOf(value: string): readonly string[] {
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
