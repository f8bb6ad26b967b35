import type { Lang } from '@tricloud/core';

/** One thing that can be asked of the function, in both languages. */
export interface Entry {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly about: Readonly<Record<Lang, string>>;
}

/** What the function is, in a sentence. */
export const summary: Readonly<Record<Lang, string>> = {
  vi: 'Một hàm viết một lần, chạy y nguyên trên ba đám mây và cho biết nó tốn bao nhiêu ở từng nơi.',
  en: 'One function, written once, running unchanged on three clouds, that tells what it costs on each.',
};

/** What can be asked, in the order in which a newcomer would. */
export const entries: readonly Entry[] = [
  {
    method: 'GET',
    path: '/v1/lesson',
    about: { vi: 'Bài học: serverless là gì', en: 'The lesson: what serverless is' },
  },
  {
    method: 'GET',
    path: '/v1/providers',
    about: { vi: 'Ba nhà cung cấp và giới hạn của họ', en: 'The three providers and their limits' },
  },
  {
    method: 'GET',
    path: '/v1/services',
    about: {
      vi: 'Dịch vụ serverless của AWS và dịch vụ tương đương',
      en: "AWS's serverless services and their equivalents",
    },
  },
  {
    method: 'POST',
    path: '/v1/comparisons',
    about: {
      vi: 'Gửi một khối lượng công việc, nhận lại bảng so sánh',
      en: 'Send a workload, get the comparison',
    },
  },
  {
    method: 'POST',
    path: '/v1/bills',
    about: {
      vi: 'Gửi mức sử dụng trong tháng, nhận hóa đơn từng dòng',
      en: 'Send what a month uses, get the bill line by line',
    },
  },
  {
    method: 'GET',
    path: '/v1/whoami',
    about: { vi: 'Ai đang trả lời bạn', en: 'Who is answering you' },
  },
  {
    method: 'GET',
    path: '/openapi.json',
    about: { vi: 'Mô tả đầy đủ của API', en: 'The full description of the API' },
  },
  {
    method: 'GET',
    path: '/healthz',
    about: { vi: 'Hàm có đang chạy không', en: 'Whether the function is alive' },
  },
];

/** The index as data, in one language. */
export function indexDocument(lang: Lang): unknown {
  return {
    name: 'tricloud',
    about: summary[lang],
    routes: entries.map(({ method, path, about }) => ({ method, path, about: about[lang] })),
  };
}
