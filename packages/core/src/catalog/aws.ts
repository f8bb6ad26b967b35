import { runtimesOf } from './runtimes.ts';
import { type Answer, httpLimits } from './limits.ts';
import { limit, plan } from './plan-limit.ts';
import type { Provider } from './provider.ts';
import { source } from './cite.ts';
import type { Source } from './source.ts';
import { text } from './bilingual.ts';
import type { Text } from './text.ts';

const quotas = source('https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html');
const pricing = source('https://aws.amazon.com/lambda/pricing/');
const gateway = source(
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
);
const integration = source(
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html',
);

const json = (status: number, body: string, note: Text, from: Source): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
  note,
  source: from,
});

const failed = '{"message":"Internal Server Error"}';

/** AWS Lambda behind an API Gateway HTTP API. */
export const aws: Provider = {
  id: 'aws',
  name: 'Amazon Web Services',
  product: 'AWS Lambda',
  formerNames: [],
  productUrl: 'https://aws.amazon.com/lambda/',
  languages: ['Node.js', 'Python', 'Java', '.NET', 'Ruby', 'Go', 'Rust'],
  lessonSays: text(
    'Lambda đứng đầu danh sách dịch vụ serverless của AWS; bài không nói nó chạy ngôn ngữ nào.',
    'Lambda heads the list of AWS’s serverless services; which languages it runs is not said.',
  ),
  today: text(
    'Lambda có sẵn môi trường cho Node.js, Python, Java, .NET và Ruby; Go và Rust chạy trên “provided.al2023”. Từ 01/08/2025, thời gian khởi động (INIT) cũng bị tính tiền.',
    'Lambda has runtimes for Node.js, Python, Java, .NET and Ruby; Go and Rust run on “provided.al2023”. Since 2025-08-01 the INIT phase is billed too.',
  ),
  plans: [
    plan({
      of: 'aws-lambda',
      id: 'on-demand',
      name: 'Lambda on demand',
      read: {
        memory: quotas,
        cpu: quotas,
        timeout: {
          source: quotas,
          remark: text(
            'Managed Instances: 90 phút cho sự kiện',
            'Managed Instances: 90 minutes for events',
          ),
        },
        httpAnswer: { source: gateway, remark: text('qua HTTP API', 'behind an HTTP API') },
        payload: {
          source: quotas,
          remark: text('lớn hơn thì dùng streaming', 'streamed beyond'),
        },
        concurrency: {
          source: quotas,
          remark: text('Managed Instances: nhiều', 'Managed Instances: several'),
        },
      },
      further: [
        limit('event', pricing, '1 MB (đến cuối 2025: 256 KB)', '1 MB (until late 2025: 256 KB)'),
        limit(
          'scaleOut',
          quotas,
          'mặc định 1.000 instance mỗi vùng, tài khoản mới ít hơn',
          '1,000 instances a region by default, fewer for a new account',
        ),
        limit(
          'package',
          quotas,
          'zip 50 MB khi tải lên, 250 MB khi giải nén; image container 10 GB; 5 layer; biến môi trường 4 KB',
          'zip 50 MB to upload, 250 MB unpacked; container image 10 GB; 5 layers; 4 KB of environment',
        ),
        limit('disk', quotas, 'thư mục /tmp, 512–10.240 MB', '/tmp, 512–10,240 MB'),
        limit('functions', quotas, '75 GB mã nguồn mỗi vùng', '75 GB of code a region'),
        limit('connections', quotas, '1.024 tệp mở', '1,024 file descriptors'),
        limit('os', quotas, 'Amazon Linux'),
      ],
    }),
  ],
  runtimes: runtimesOf('aws'),
  limits: {
    front: text(
      'HTTP API của API Gateway, sự kiện dạng 2.0, trước Lambda',
      'An API Gateway HTTP API, payload format 2.0, in front of Lambda',
    ),
    ...httpLimits('aws-lambda', 128),
    requestCounts: 'event',
    tooLarge: json(
      413,
      '{"message": "Request Too Long"}',
      text(
        'Ghi lại từ một REST API. Function URL cũng trả 413; thân phản hồi của HTTP API chưa thấy nguồn nào. Bản thân cổng từ chối thân yêu cầu quá 10 MB.',
        'Recorded of a REST API. A Function URL answers 413 too; no source shows an HTTP API’s body. The gateway itself refuses bodies over 10 MB.',
      ),
      source('https://github.com/koki-develop/lgtm-generator/issues/10', '2021-09-12'),
    ),
    responseTooLarge: json(
      500,
      failed,
      text(
        'Hàm thất bại với Function.ResponseSizeTooLarge; REST API trả 502.',
        'The invocation fails with Function.ResponseSizeTooLarge; a REST API answers 502.',
      ),
      integration,
    ),
    timedOut: json(
      500,
      failed,
      text(
        'Hàm hết thời gian chạy của chính nó trước 30 giây của cổng.',
        'The function’s own time-out comes before the gateway’s 30 seconds.',
      ),
      source('https://github.com/denoland/deno_registry2/issues/87', '2020-09-03'),
    ),
    httpTimedOut: json(
      503,
      '{"message":"Service Unavailable"}',
      text(
        'Cổng bỏ cuộc; hàm vẫn chạy tiếp và vẫn bị tính tiền.',
        'The gateway gives up; the function runs on, and is billed.',
      ),
      source('https://github.com/compiler-explorer/explain/pull/19', '2026-06-15'),
    ),
    crashed: json(
      500,
      failed,
      text(
        'Hàm ném lỗi, thoát, hoặc hết bộ nhớ.',
        'The function throws, exits or runs out of memory.',
      ),
      integration,
    ),
    sources: [
      quotas,
      gateway,
      // The request limit to the byte; the response is allowed 100 bytes more.
      source(
        'https://zaccharles.medium.com/deep-dive-lambdas-request-payload-size-limit-2-2-6350c1ae5577',
        '2022-08-24',
      ),
      source('https://github.com/DataBiosphere/azul/issues/8258', '2026-08-26'),
    ],
  },
  sources: [
    quotas,
    pricing,
    source('https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html'),
    source(
      'https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/',
      '2025-04-29',
    ),
  ],
};
