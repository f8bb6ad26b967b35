import { providers } from '../catalog/providers.ts';
import { services } from '../catalog/services.ts';
import { text } from '../catalog/bilingual.ts';
import type { Lang, Text } from '../catalog/text.ts';
import type { Lesson, LocalLesson } from './schema.ts';

type Block = Lesson['sections'][number]['blocks'][number];

const paragraph = (vi: string, en: string): Block => ({ type: 'paragraph', text: text(vi, en) });
const list = (items: readonly Text[]): Block => ({ type: 'list', items });
const named = (name: string, words: Text): Text =>
  text(`${name}: ${words.vi}`, `${name}: ${words.en}`);

/** What the lesson teaches, told in the project's own words. */
export const lesson: Lesson = {
  title: text(
    'Serverless: không lo máy chủ, dùng đến đâu trả đến đó',
    'Serverless: no servers to look after, and a bill for what you use',
  ),
  origin: {
    author: 'Phan Văn Đức',
    course: 'Khóa học AWS từ cơ bản đến nâng cao',
    chapter: 'Serverless',
    lesson: 191,
    title: 'Giới thiệu Serverless',
  },
  credit: text(
    'Kể lại bằng lời của dự án này theo bài 191 “Giới thiệu Serverless”, chương Serverless, “Khóa học AWS từ cơ bản đến nâng cao” của Phan Văn Đức.',
    'Retold in this project’s own words after lesson 191, “Giới thiệu Serverless” (Introducing serverless), of the chapter Serverless in Phan Văn Đức’s course “Khóa học AWS từ cơ bản đến nâng cao” (AWS from the basics to the advanced).',
  ),
  sections: [
    {
      id: 'what',
      heading: text('Serverless là thế nào', 'What serverless is'),
      ours: false,
      blocks: [
        paragraph(
          'Máy chủ vẫn ở đâu đó, nhưng không còn là việc của bạn. Bạn đưa ứng dụng hay dịch vụ của mình lên, phần chạy nó đã có một nền tảng lo. Những việc sau bạn không phải làm nữa:',
          'The servers are still somewhere, but they are no longer your business. You hand over an application or a service; a platform takes it and runs it. What you no longer do:',
        ),
        list([
          text(
            'cấp phát và trông coi CPU, bộ nhớ cùng những thứ khác mà hệ điều hành nắm giữ;',
            'share out and watch over CPU, memory and whatever else the operating system holds;',
          ),
          text('nâng cấp hệ thống;', 'upgrade the system;'),
          text('vá các lỗ hổng bảo mật của nó.', 'patch its security holes.'),
        ]),
        paragraph(
          'Nói gọn lại: bạn lo sản phẩm, nền tảng lo vận hành.',
          'In short: you take care of the product, the platform takes care of running it.',
        ),
      ],
    },
    {
      id: 'pay',
      heading: text('Trả tiền theo mức dùng', 'Paying for use'),
      ours: false,
      blocks: [
        paragraph(
          'Khác biệt lớn nhất nằm ở hoá đơn: có dùng mới mất tiền, và dùng phần nào chỉ mất tiền phần ấy.',
          'The greatest difference is on the bill: you pay only when you use something, and only for the part you use.',
        ),
        paragraph(
          'Máy ảo thì bán cả gói theo tháng: CPU, RAM, băng thông và ổ đĩa, bật 24/7. Dù máy nằm không hay chỉ chạy chừng 5 đến 10 phần trăm sức của nó, tháng nào bạn cũng trả đủ.',
          'A virtual machine is sold as a package by the month: CPU, RAM, bandwidth and storage, around the clock. Whether it stands idle or works at 5 to 10 percent of its capacity, every month costs the full price.',
        ),
        paragraph(
          'Hãy nghĩ đến cước điện thoại. Serverless giống gói cước tính theo từng block giây: nói bao lâu trả bấy nhiêu. Máy ảo giống phí thuê bao: cả tháng không gọi cuộc nào vẫn phải đóng.',
          'Think of a telephone plan. Serverless is the plan that counts blocks of seconds: you pay for as long as you talk. A virtual machine is the monthly subscription: due even if you never call.',
        ),
      ],
    },
    {
      id: 'aws',
      heading: text('Những dịch vụ serverless của AWS', 'The serverless services of AWS'),
      ours: false,
      blocks: [
        paragraph(
          'Bài học kể mười một dịch vụ. Dưới đây là tên hiện nay của chúng; lời giải thích là của dự án này.',
          'The lesson lists eleven services. They stand here under today’s names; the explanations are this project’s.',
        ),
        list(services.map((service) => named(service.aws, service.oneLine))),
      ],
    },
    {
      id: 'functions',
      heading: text('Hàm serverless ở những nơi khác', 'Serverless functions elsewhere'),
      ours: false,
      blocks: [
        paragraph(
          'Không riêng AWS: nhiều hãng khác cũng cho bạn tạo hàm theo mô hình này mà không mấy vất vả. Vào lúc được viết, bài học kể ra hai:',
          'AWS is not alone: many other vendors let you create functions of this kind with little effort. The lesson, on the day it was written, names two:',
        ),
        list(
          providers
            .filter((provider) => provider.id !== 'aws')
            .map((provider) => provider.lessonSays),
        ),
      ],
    },
    {
      id: 'today',
      heading: text('Nay đã khác', 'What has changed since'),
      ours: true,
      blocks: [
        list([
          ...providers.map((provider) => named(provider.product, provider.today)),
          ...services.flatMap((service) =>
            service.today === null ? [] : [named(service.aws, service.today)],
          ),
        ]),
      ],
    },
    {
      id: 'when',
      heading: text(
        'Khi nào máy chủ đắt hơn, khi nào không',
        'When a server is dearer, and when it is not',
      ),
      ours: true,
      blocks: [
        paragraph(
          'Bài học dừng ở chỗ serverless chỉ tính phần đã dùng. Như thế chưa hẳn đã rẻ hơn.',
          'The lesson ends with serverless charging for use alone. That does not yet make it cheaper.',
        ),
        list([
          text(
            'Máy chủ đắt hơn khi nó chờ việc nhiều hơn làm việc. Một tháng có 2.628.000 giây; 100.000 yêu cầu, mỗi yêu cầu 200 ms, chỉ bận 20.000 giây, chưa tới 1 %. Với bộ nhớ 512 MB, phần miễn phí hằng tháng của cả ba hãng phủ hết chừng ấy.',
            'A server is dearer when it waits more than it works. A month has 2,628,000 seconds; 100,000 requests of 200 ms keep it busy for 20,000 of them, less than 1 %. At 512 MB of memory the monthly free allowance of each of the three covers all of that.',
          ),
          text(
            'Máy chủ rẻ hơn khi nó lúc nào cũng bận. Tiền chạy hàm tăng đều theo số yêu cầu, còn tiền máy chủ đứng yên cho tới khi máy đầy tải. Chỗ hai đường cắt nhau là điểm hoà vốn.',
            'A server is cheaper when it is steadily busy. The bill of a function grows in line with its requests; the server’s stands still until the server is full. Where the two lines cross is the break-even.',
          ),
          text(
            'Điểm hoà vốn, tính gần đúng: (giá máy chủ một tháng + giá trị phần miễn phí) ÷ giá một yêu cầu.',
            'The break-even, roughly: (the server’s price for a month + the worth of the free allowance) ÷ the price of one request.',
          ),
          text(
            'Giá máy chủ chưa kể công vá lỗi, máy thứ hai để dự phòng, và phần công suất để dành cho giờ cao điểm.',
            'The server’s price leaves out the work of patching, the second server for when the first fails, and the capacity kept for the peak.',
          ),
          text(
            'Giá hàm chưa kể cổng API đứng trước, dữ liệu ra ngoài, và những giây khởi động lạnh (cold start).',
            'The function’s price leaves out the gateway in front, data out, and the seconds of cold starts.',
          ),
          text(
            'Có những việc hàm không làm được: chạy lâu hơn giới hạn thời gian, giữ kết nối mở mãi, cần đĩa riêng, hay cần nhiều bộ nhớ hơn mức nhà cung cấp bán.',
            'Some work is not for functions: running longer than its time-out, holding connections open for ever, needing a disk of its own or more memory than is sold.',
          ),
        ]),
        paragraph(
          'Muốn biết trường hợp của mình thì đừng đoán: POST /v1/comparisons, hoặc lệnh tricloud compare, sẽ tính hoá đơn đến từng dòng và điểm hoà vốn so với từng máy chủ.',
          'For your own work do not guess: POST /v1/comparisons, or the command tricloud compare, works out each bill line by line and the break-even against each server.',
        ),
      ],
    },
  ],
};

/** The lesson in one language. */
export function lessonIn(lang: Lang): LocalLesson {
  return {
    lang,
    title: lesson.title[lang],
    origin: lesson.origin,
    credit: lesson.credit[lang],
    sections: lesson.sections.map(({ id, heading, ours, blocks }) => ({
      id,
      heading: heading[lang],
      ours,
      blocks: blocks.map((block) =>
        block.type === 'paragraph'
          ? { type: block.type, text: block.text[lang] }
          : { type: block.type, items: block.items.map((item) => item[lang]) },
      ),
    })),
  };
}
