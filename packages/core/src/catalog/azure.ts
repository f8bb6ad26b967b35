import { runtimesOf } from './runtimes.ts';
import { type Answer, httpLimits } from './limits.ts';
import { limit, plan } from './plan-limit.ts';
import type { Provider } from './provider.ts';
import { source } from './cite.ts';
import type { Source } from './source.ts';
import { text } from './bilingual.ts';
import type { Text } from './text.ts';

const scale = source(
  'https://learn.microsoft.com/azure/azure-functions/functions-scale',
  '2026-09-16',
);
const timeout = source(
  'https://github.com/MicrosoftDocs/azure-docs/blob/main/includes/functions-timeout-duration.md',
  '2024-06-27',
);
const flex = source('https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan');
const host = source('https://github.com/Azure/azure-functions-host/issues/10519', '2024-10-10');
const limitsPage = source(
  'https://github.com/MicrosoftDocs/azure-docs/blob/main/includes/functions-limits.md',
);

const bare = (note: Text, from: Source): Answer => ({
  status: 500,
  headers: {},
  body: '',
  note,
  source: from,
});

const read = {
  cpu: scale,
  timeout,
  httpAnswer: {
    source: timeout,
    remark: text('do bộ cân bằng tải của Azure', 'by Azure’s load balancer'),
  },
  payload: host,
  concurrency: scale,
};

/** Azure Functions, by its Flex Consumption plan unless another is named. */
export const azure: Provider = {
  id: 'azure',
  name: 'Microsoft Azure',
  product: 'Azure Functions',
  formerNames: [],
  productUrl: 'https://azure.microsoft.com/products/functions',
  languages: ['C#', 'F#', 'JavaScript', 'TypeScript', 'Python', 'Java', 'PowerShell'],
  lessonSays: text(
    'Azure Functions của Microsoft chạy được Batch, C#, F#, JavaScript, PHP, PowerShell và Python.',
    'Microsoft’s Azure Functions runs Batch, C#, F#, JavaScript, PHP, PowerShell and Python.',
  ),
  today: text(
    'Phiên bản 4 chạy .NET (C#, F#), JavaScript và TypeScript, Python, Java, PowerShell; Go, Rust và thứ khác qua “custom handler”. Batch và PHP chỉ từng được thử nghiệm trên phiên bản 1, vốn đã hết hỗ trợ từ ngày 14/09/2026. Gói nên dùng là Flex Consumption.',
    'Version 4 runs .NET (C#, F#), JavaScript and TypeScript, Python, Java and PowerShell; Go, Rust and others by a custom handler. Batch and PHP were only ever experiments on version 1, whose support ended on 2026-09-14. The plan to take is Flex Consumption.',
  ),
  plans: [
    plan({
      of: 'azure-functions-flex',
      id: 'flex-consumption',
      name: 'Flex Consumption',
      read: {
        ...read,
        memory: flex,
        cpu: flex,
        concurrency: flex,
      },
      further: [
        limit(
          'scaleOut',
          flex,
          '1.000 instance; hạn mức mỗi vùng 512.000 MB',
          '1,000 instances; 512,000 MB a region by quota',
        ),
        limit('network', flex, 'có mạng riêng ảo, không có slot', 'virtual networks, no slots'),
        limit('os', scale, 'Linux'),
      ],
    }),
    plan({
      of: 'azure-functions-consumption',
      id: 'consumption',
      name: 'Consumption',
      read: { ...read, memory: scale },
      further: [
        limit(
          'scaleOut',
          scale,
          '200 instance Windows hoặc 100 Linux',
          '200 instances on Windows or 100 on Linux',
        ),
        limit('disk', limitsPage, '5 GB'),
        limit(
          'url',
          limitsPage,
          'phần truy vấn 4.096 ký tự, cả địa chỉ 8.192',
          'query 4,096 characters, the whole 8,192',
        ),
        limit('connections', limitsPage, '600 kết nối đang mở', '600 open connections'),
        limit('os', scale, 'Windows (Linux đã dừng)', 'Windows (Linux retired)'),
      ],
    }),
    plan({
      of: 'azure-functions-premium-EP1',
      id: 'premium',
      name: 'Premium',
      read: { ...read, memory: scale },
      further: [
        limit(
          'scaleOut',
          scale,
          '100 instance Windows hoặc 20 Linux',
          '100 instances on Windows or 20 on Linux',
        ),
        limit(
          'network',
          scale,
          'có mạng riêng ảo, instance làm nóng sẵn',
          'virtual networks, pre-warmed instances',
        ),
        limit('os', scale, 'Windows, Linux'),
      ],
    }),
  ],
  runtimes: runtimesOf('azure'),
  limits: {
    front: text(
      'Host của Azure Functions phiên bản 4, gói Flex Consumption',
      'The Azure Functions host, version 4, on Flex Consumption',
    ),
    ...httpLimits('azure-functions-flex', 2048),
    requestCounts: 'body',
    tooLarge: bare(
      text(
        'Không phải 413; FUNCTIONS_REQUEST_BODY_SIZE_LIMIT đổi được giới hạn.',
        'Not a 413; FUNCTIONS_REQUEST_BODY_SIZE_LIMIT moves the limit.',
      ),
      host,
    ),
    responseTooLarge: null,
    timedOut: bare(
      text(
        'Tiến trình chạy hàm bị khởi động lại; các yêu cầu khác trong đó cũng hỏng.',
        'The worker is restarted; whatever else ran in it fails too.',
      ),
      source(
        'https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.WebHost/WebScriptHostExceptionHandler.cs',
        '2024-10-24',
      ),
    ),
    httpTimedOut: null,
    crashed: bare(
      text(
        'Yêu cầu đang chạy hỏng, tiến trình được khởi động lại.',
        'Requests under way fail, and the worker is restarted.',
      ),
      source(
        'https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script/Workers/Rpc/FunctionRegistration/RpcFunctionInvocationDispatcher.cs',
        '2024-10-24',
      ),
    ),
    sources: [host, timeout, flex, scale],
  },
  sources: [
    scale,
    flex,
    source('https://learn.microsoft.com/azure/azure-functions/supported-languages'),
    source('https://learn.microsoft.com/azure/azure-functions/functions-versions'),
    source(
      'https://www.oreilly.com/library/view/hands-on-azure-for/9781789340624/0e4191a2-a21d-4d9a-bb04-542a997d7801.xhtml',
    ),
  ],
};
