import { httpLimits } from './limits.ts';
import { limit, plan } from './plan-limit.ts';
import type { Provider } from './provider.ts';
import { runtimesOf } from './runtimes.ts';
import { source } from './cite.ts';
import { text } from './bilingual.ts';

const quotas = source('https://docs.cloud.google.com/functions/quotas');
const memory = source('https://docs.cloud.google.com/functions/docs/configuring/memory');
const memory1 = source('https://docs.cloud.google.com/functions/1stgendocs/configuring/memory');
const timeout = source('https://docs.cloud.google.com/run/docs/configuring/request-timeout');
const runtimes = source('https://docs.cloud.google.com/run/docs/runtimes/function-runtimes');

// What the script in the page does, clearing overlong cookies, is left out here.
const tooLarge = `
<html><head>
<meta http-equiv="content-type" content="text/html;charset=utf-8">
<title>413 Request Entity Too Large</title>
</head>
<body text=#000000 bgcolor=#ffffff>
<h1>Error: Request Entity Too Large</h1>
<h2>Your client issued a request that was too large.
</h2>
<h2></h2>
</body></html>
`;

/** Google's functions, which are Cloud Run services today. */
export const google: Provider = {
  id: 'google',
  name: 'Google Cloud',
  product: 'Cloud Run functions',
  formerNames: ['Google Cloud Functions'],
  productUrl: 'https://cloud.google.com/functions',
  languages: ['Node.js', 'Python', 'Go', 'Java', 'Ruby', 'PHP', '.NET'],
  lessonSays: text(
    'Google Cloud Functions chỉ chạy Node.js.',
    'Google Cloud Functions runs Node.js only.',
  ),
  today: text(
    'Nay tên là Cloud Run functions, và chạy Node.js, Python, Go, Java, Ruby, PHP, .NET. Thế hệ 1 chỉ còn để giữ những hàm đã có.',
    'It is called Cloud Run functions now, and it runs Node.js, Python, Go, Java, Ruby, PHP and .NET. The first generation remains for functions that exist already.',
  ),
  plans: [
    plan({
      of: 'google-cloud-run',
      id: 'request-based',
      name: 'Cloud Run functions',
      read: {
        memory,
        cpu: {
          source: memory,
          remark: text('theo bộ nhớ nếu không đặt riêng', 'by memory unless set apart'),
        },
        timeout: {
          source: timeout,
          remark: text('tài liệu cũ: 9 phút cho sự kiện', 'older documents: 9 minutes for events'),
        },
        httpAnswer: timeout,
        payload: { source: quotas, remark: text('dạng streaming: 10 MB', '10 MB when streamed') },
        concurrency: {
          source: quotas,
          remark: text('dưới 1 vCPU chỉ 1', 'only 1 under 1 vCPU'),
        },
      },
      further: [
        limit('event', quotas, 'tối đa 512 KB qua Eventarc', 'up to 512 KB by Eventarc'),
        limit(
          'scaleOut',
          quotas,
          'theo hạn mức, đặt mức trần cho từng dịch vụ',
          'by quota, with a maximum set per service',
        ),
      ],
    }),
    plan({
      of: 'google-cloud-functions-1st-gen',
      id: '1st-gen',
      name: 'Cloud Run functions (1st gen)',
      read: {
        memory: memory1,
        cpu: memory1,
        timeout: quotas,
        httpAnswer: quotas,
        payload: quotas,
        concurrency: quotas,
      },
      further: [
        limit('event', quotas, '10 MB'),
        limit(
          'scaleOut',
          quotas,
          'mặc định 3.000 instance mỗi hàm',
          '3,000 instances a function by default',
        ),
        limit(
          'package',
          quotas,
          '100 MB khi nén, 500 MB khi giải nén',
          '100 MB packed, 500 MB unpacked',
        ),
        limit('functions', quotas, '1.000 mỗi vùng', '1,000 a region'),
      ],
    }),
  ],
  runtimes: runtimesOf('google'),
  limits: {
    front: text(
      'Cloud Run, HTTP/1, phản hồi không streaming',
      'Cloud Run, HTTP/1, answers not streamed',
    ),
    ...httpLimits('google-cloud-run', 256),
    requestCounts: 'body',
    tooLarge: {
      status: 413,
      headers: { 'content-type': 'text/html; charset=UTF-8' },
      body: tooLarge,
      note: text(
        'Chỉ với HTTP/1; nếu HTTP/2 suốt từ đầu đến cuối thì không có giới hạn này.',
        'With HTTP/1 only; HTTP/2 end to end has no such limit.',
      ),
      source: source('https://github.com/zhaofengli/attic/issues/220', '2025-01-13'),
    },
    responseTooLarge: {
      status: 500,
      headers: {},
      body: null,
      note: text('Phản hồi bị chặn.', 'The response is held back.'),
      source: source(
        'https://github.com/googlemaps/js-route-optimization-app/issues/61',
        '2023-02-25',
      ),
    },
    timedOut: {
      status: 504,
      headers: { 'content-type': 'text/plain' },
      body: 'upstream request timeout',
      note: text(
        'Kết nối bị đóng, nhưng instance không bị tắt và có thể vẫn làm tiếp.',
        'The connection is closed; the instance is not ended, and may work on.',
      ),
      source: timeout,
    },
    httpTimedOut: null,
    crashed: {
      status: 503,
      headers: {},
      body: null,
      note: text(
        'Tiến trình chết, hoặc bị tắt vì dùng quá bộ nhớ.',
        'The process dies, or is ended for its use of memory.',
      ),
      source: source('https://github.com/GoogleCloudPlatform/esp-v2/issues/438', '2020-12-11'),
    },
    sources: [
      quotas,
      memory,
      timeout,
      source('https://github.com/fastapi/fastapi/issues/2812', '2021-02-16'),
    ],
  },
  sources: [runtimes, source('https://docs.cloud.google.com/run/docs/functions/comparison')],
};
