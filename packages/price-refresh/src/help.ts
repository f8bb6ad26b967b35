/** What `--help` prints; fits 80 × 24. */
export const help = `Holds the price lists against the providers' public price interfaces.

Usage: npm run -s prices:refresh -- [options]

  --write                   write what changed into the lists
  --only aws,google,azure   only these providers
  --list NAME,NAME         only these lists, such as aws-lambda
  --json                    all that was learned, as one JSON document
  --google-key-file FILE    the API key that Google's catalogue asks for
  --timeout SECONDS         give up a connection that is silent so long    (60)
  --aws-url URL, --azure-url URL, --google-url URL
                            other addresses of the interfaces
  --lists DIR              other lists
  -h, --help

Environment: GOOGLE_API_KEY, AWS_PRICE_LIST_URL, AZURE_RETAIL_PRICES_URL,
GOOGLE_BILLING_CATALOG_URL.
A provider of which anything could not be read keeps its lists as they are.
Exit codes: 0 all was read, 1 something was not, 2 wrong arguments.
`;
