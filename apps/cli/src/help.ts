/** What `tricloud --help` prints; fits 80 × 24 as every help here does. */
export const overview = `tricloud: one function on AWS, Google Cloud and Azure

Usage: tricloud <command> [options]

  dev                       run a function on all three, until Ctrl-C
  compare <workload.json>   costs of a workload on each plan and on servers
  bill <usage.json>         cost of a month of any services, line by line
  plan <cloud…>             resources, API requests and cost of a deployment
  deploy <cloud…>           deploy to aws, google, azure, or to several
  status <cloud…>           what is deployed
  logs <cloud>              what the function wrote
  rollback <cloud…>         back to the deployment before
  remove <cloud…>           remove what was deployed, by name
  doctor [cloud…]           checks prerequisites
  parity                    the cases that every runtime must answer alike
  azure-host <app folder>   run any @azure/functions v4 app
  node [install]            the Node.js version that functions run on

  -h, --help                this page, or a command's: tricloud dev --help
  -v, --version             the version of tricloud

Environment: TRICLOUD_PORT_*, TRICLOUD_DEBUG, NO_COLOR, FORCE_COLOR.
Exit codes: 0 done, 1 it failed, 2 wrong arguments or a bad input file.
`;

/** The page of each command, by its name. */
export const pages: Readonly<Record<string, string>> = {
  dev: `Runs the function on the three runtimes side by side, until Ctrl-C.

Usage: tricloud dev [options]

  --only aws,azure          only these runtimes
  --function FILE           serve what FILE exports as handler (.ts, .js)
  --compare FILE            once ready, send each runtime this workload
  --port-console N          the control API          (4000; 0 takes a free one)
  --port-aws N              AWS Lambda               (4001)
  --port-google N           Google Cloud Functions   (4002)
  --port-azure N            Azure Functions          (4003)
  --aws-instances N         AWS instances at most    (4)
  --node PATH|MAJOR         Node that runs the function   (deployed version)
  --inspect PROVIDER        debug aws, google or azure
  --env FILE                variables of the function (.env where there is one)
  --no-watch                do not reload when a source changes
  --json                    print events as lines of JSON
  -h, --help

Ports are also read from TRICLOUD_PORT_CONSOLE, TRICLOUD_PORT_AWS and so on.
`,
  compare: `Compares what a workload costs a month on every plan and on servers.

Usage: tricloud compare <workload.json> [options]      (- reads standard input)

  --all                     every row, size, break-even point, note and source
  --json, --sensitivity     as JSON; and changes that make another cheapest
  --place PLACE             nearest regions; --region aws=R,google=R,azure=R
  --commitment 1y           also servers committed to for one year
  --redundancy 2            twice the servers       --arrivals even    (random)
  --include-legacy          also legacy plans       --no-free-tier
  --prices FILE             own prices, such as { "aws-lambda": "-12%" }
  --as-of YYYY-MM-DD        (today)                 --lang en|vi           (en)
  -h, --help

Places: singapore, saopaulo, mumbai, tokyo, osaka, sydney, melbourne, london,
ireland, netherlands, montreal, toronto, virginia, ohio, iowa, texas, oregon,
california, frankfurt, paris, stockholm, zurich, milan, madrid, warsaw,
hongkong, taiwan, seoul, jakarta, kualalumpur, bangkok, hanoi, hochiminhcity,
telaviv, dubai, johannesburg, capetown, santiago, queretaro, auckland
A workload has requestsPerMonth, durationMs, memoryMiB; optional: vcpu,
architecture, concurrencyPerInstance, cpuPerRequest, arrivals, peakToAverage,
coldStarts, initMs, responseKiB, place, region, egress, frontDoor,
diskAndAddress, redundancy, commitment, everyServer, includeLegacy, freeTier.
`,
  bill: `Bills a month of any services of an account, line by line.

Usage: tricloud bill <usage.json> [options]            (- reads standard input)

  --json                    the whole bill, with exact amounts
  --no-free-tier            without the free tier
  --prices FILE             own prices or discounts in place of list prices:
    { "aws-lambda": "-12%", "aws-sqs/standard@us-east-1": "0.0000003" }
  --as-of YYYY-MM-DD        day of the bill                      (today)
  --lang en|vi              language of the printed bill         (en)
  -h, --help

A usage file lists what was used, item by item:
  { "freeTier": true, "items": [{ "service": "aws-sqs", "region": "us-east-1",
                                  "usage": { "requests": 3000000 } }] }
Items share the free tier and the price tiers of their account. Each service
has a file in examples/usage/, with its plans and fields.
`,
  plan: `What a deployment would create, change, send and cost. Needs no account.

Usage: tricloud plan <aws|google|azure…> [options]

  --workload FILE           what a month of this workload costs there
  --requests                the requests whole, secrets redacted
  --offline                 do not ask what is deployed
  --json                    the whole plan as JSON
  --memory MIB, --timeout SECONDS, --concurrency N, --max-instances N
  --vcpu N                  vCPUs of an instance   (those of its memory)
  --architecture NAME       x86_64, or arm64 on AWS            (x86_64)
  --set NAME=VALUE          a variable; --env FILE reads them from a file
  --secret NAME=REFERENCE   a variable from the cloud's own secret store;
                            with several clouds --secret aws:NAME=REFERENCE
  --function FILE           deploy what FILE exports as handler (.ts, .js)
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help

With an account it says what differs from what is deployed.
`,
  deploy: `Deploys to each cloud, asks before, and tries the function afterwards.

Usage: tricloud deploy <aws|google|azure…> [options]

  --yes                     do not ask
  --no-smoke-test           do not ask the function through its URL
  --json                    the outcome as JSON
  --memory MIB, --timeout SECONDS, --concurrency N, --max-instances N
  --vcpu N                  vCPUs of an instance   (those of its memory)
  --architecture NAME       x86_64, or arm64 on AWS            (x86_64)
  --set NAME=VALUE          a variable; --env FILE reads them from a file
  --secret NAME=REFERENCE   a variable from the cloud's own secret store;
                            with several clouds --secret aws:NAME=REFERENCE
  --function FILE           deploy what FILE exports as handler (.ts, .js)
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help

A second run changes nothing; an interrupted one goes on. A settings file:
{ "name": "shop", "memoryMiB": 512, "environment": { "MODE": "live" },
  "secrets": { "API_KEY": { "aws": "…" } }, "google": { "project": "shop" } }
`,
  status: `What is deployed: state, URL, archive, and the one that rollback brings back.

Usage: tricloud status <aws|google|azure…> [options]

  --json                    as JSON
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help
`,
  logs: `What the function wrote, oldest first.

Usage: tricloud logs <aws|google|azure> [options]

  --follow                  and what it writes from now on, until Ctrl-C
  --since DURATION          90s, 10m, 2h, 1d       (10m)
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help
`,
  rollback: `Brings the archive before this one back; asks before.

Usage: tricloud rollback <aws|google|azure…> [options]

  --yes                     do not ask
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help
`,
  remove: `Names everything that was deployed, asks, and removes it and nothing else.

Usage: tricloud remove <aws|google|azure…> [options]

  --yes                     do not ask
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help
`,
  doctor: `Whether all is there that is needed to run and to deploy, a line each.

Usage: tricloud doctor [aws|google|azure…] [options]

  --json                    as JSON
  --name NAME               (tricloud)     --stage STAGE           (dev)
  --region aws=R,google=R,azure=R          or one region for one cloud
  --project ID, --subscription ID          Google's, Azure's
  --config FILE             settings       (tricloud.json where there is one)
  -h, --help

Says where credentials were found and never what they are. Exit code 1 when
something is bad.
`,
  parity: `The cases that every runtime must answer like a plain Node server, by runtime.

Usage: tricloud parity [options]

  --aws URL                 ask this deployed function; any of the three may be
  --google URL              left out, and no runtime is started then
  --azure URL
  --node PATH|MAJOR         Node that runs the probe      (deployed version)
  --json                    the results as JSON
  -h, --help

Without URLs the three local runtimes are started on free ports, with the probe
in the function's place. Exit code 1 when a case fails. A case that a provider
itself makes impossible is listed with the reason and its source.
`,
  node: `Lists the Node.js that functions run on, and installs the deployed version.

Usage: tricloud node
       tricloud node install [MAJOR]

  -h, --help

Functions run on the Node of --node, else on the Node that runs this command
where it has the deployed major version, else on the one that tricloud node
install put into your cache folder, else on the Node that runs this command.
MAJOR is the deployed major version unless given. The binary comes from npm.
`,
  'azure-host': `Runs any @azure/functions v4 app, without Azure Functions Core Tools.

Usage: tricloud azure-host <app folder> [options]

  --port N                  (7071; 0 takes a free port)
  --node PATH|MAJOR         Node that runs the app        (deployed version)
  --enable-auth             ask for keys as the cloud does
  --verbose                 what the host itself does, too
  -h, --help

The folder holds package.json and host.json, and perhaps local.settings.json,
whose Host.LocalHttpPort is the port where --port is not given.
`,
};
