import type { Provider } from '@tricloud/adapters';
import type { Lang } from '@tricloud/core';
import { entries, summary, type Entry } from './site-index.ts';

const style = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#4d5a6b;--paper:#fbfaf7;--card:#fff;--line:#dcdfe4;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e9edf2;--soft:#aab4c2;--paper:#11161d;--card:#19212b;--line:#2c3744;--link:#7fb8f5}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif}
main,footer{max-width:42rem;margin:0 auto;padding:0 1.25rem}
main{padding-top:8vh}
h1{margin:0;font-size:clamp(2.25rem,8vw,3.5rem);line-height:1.1;letter-spacing:-.03em}
h2{margin:2.5rem 0 .75rem;font-size:1rem;color:var(--soft)}
.lead{margin:.75rem 0 0;font-size:1.25rem;color:var(--soft)}
ul{margin:0;padding:0;list-style:none;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
li{display:flex;flex-wrap:wrap;gap:.125rem 1rem;align-items:baseline;justify-content:space-between;padding:.75rem 1rem}
li+li{border-top:1px solid var(--line)}
code{font:.9375rem ui-monospace,monospace}
a{color:var(--link);text-underline-offset:.2em}
a:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:.25rem}
pre{margin:0;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
footer{padding-top:2.5rem;padding-bottom:3rem;color:var(--soft)}
footer a{white-space:nowrap}
`;

/** Allows the page its own style sheet, by its hash, and nothing else. */
export const pagePolicy =
  "default-src 'none'; style-src 'sha256-8KRjzxIIbpko2/K+W6zP+v4Btvot01ZcvEU9Ua3Pw7k='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Three numbers are all that a comparison needs. */
const exampleWorkload = '{ "requestsPerMonth": 3000000, "durationMs": 120, "memoryMiB": 1536 }';

const words = {
  vi: {
    ask: 'Bạn có thể hỏi gì',
    tryIt: 'So sánh thử',
    other: 'English',
    answeredBy: 'Trả lời bạn:',
  },
  en: {
    ask: 'What you can ask',
    tryIt: 'Try a comparison',
    other: 'Tiếng Việt',
    answeredBy: 'Answering you:',
  },
} as const;

const products: Readonly<Record<Provider, string>> = {
  aws: 'AWS Lambda',
  google: 'Google Cloud Run functions',
  azure: 'Azure Functions',
  node: 'Node.js',
};

/** The page that a browser gets at the root: what this is, what to ask, and who answers. */
export function pageFor(lang: Lang, provider: Provider): string {
  const { ask, tryIt, other, answeredBy } = words[lang];
  const otherLang = lang === 'vi' ? 'en' : 'vi';
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="${summary[lang]}">
<title>tricloud</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>tricloud</h1>
<p class="lead">${summary[lang]}</p>
<h2>${ask}</h2>
<ul>
${entries.map((entry) => item(entry, lang)).join('\n')}
</ul>
<h2>${tryIt}</h2>
<pre><code>POST /v1/comparisons
${exampleWorkload}</code></pre>
</main>
<footer>${answeredBy} ${products[provider]} · <a href="?lang=${otherLang}" lang="${otherLang}" hreflang="${otherLang}">${other}</a></footer>
</body>
</html>
`;
}

/** Links are relative, so that they hold behind a stage or a base path too. */
function item({ method, path, about }: Entry, lang: Lang): string {
  const name = `<code>${method} ${path}</code>`;
  const link =
    method === 'GET' ? `<a href="${path.slice(1)}${langQuery(path, lang)}">${name}</a>` : name;
  return `<li>${link} <span>${about[lang]}</span></li>`;
}

function langQuery(path: string, lang: Lang): string {
  return path === '/v1/lesson' ? `?lang=${lang}` : '';
}
