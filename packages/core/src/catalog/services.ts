import type { Service } from './service.ts';
import { source } from './cite.ts';
import type { Source } from './source.ts';
import { text } from './bilingual.ts';

const price = (path: string): Source => source(`https://aws.amazon.com/${path}/pricing/`);

// Which service stands for which; the choice among several is ours.
const google = source(
  'https://docs.cloud.google.com/docs/get-started/aws-azure-gcp-service-comparison',
);
const azure = source('https://learn.microsoft.com/azure/architecture/aws-professional/services');

/** The eleven serverless services of AWS that the lesson names, in its order. */
export const services: readonly Service[] = [
  {
    id: 'lambda',
    lessonName: 'AWS Lambda',
    aws: 'AWS Lambda',
    google: ['Cloud Run functions'],
    azure: ['Azure Functions'],
    oneLine: text('Chạy một hàm mỗi khi có sự kiện.', 'Runs a function for every event.'),
    billedBy: text('Số yêu cầu và GB-giây chạy.', 'Requests and GB-seconds of running.'),
    equivalents: null,
    today: null,
    sources: [price('lambda'), google, azure],
  },
  {
    id: 'dynamodb',
    lessonName: 'DynamoDB',
    aws: 'Amazon DynamoDB',
    google: ['Firestore', 'Bigtable'],
    azure: ['Azure Cosmos DB'],
    oneLine: text(
      'Bảng dữ liệu khoá–giá trị và tài liệu.',
      'Tables of keys, values and documents.',
    ),
    billedBy: text(
      'Đơn vị đọc và ghi (hoặc dung lượng đặt trước theo giờ) và GB-tháng lưu trữ.',
      'Read and write units (or capacity by the hour) and GB-months stored.',
    ),
    equivalents: text(
      'Firestore hợp với dữ liệu nhỏ, Bigtable với bảng rất rộng.',
      'Firestore suits small data, Bigtable very wide tables.',
    ),
    today: null,
    sources: [price('dynamodb'), google, azure],
  },
  {
    id: 'cognito',
    lessonName: 'AWS Cognito',
    aws: 'Amazon Cognito',
    google: ['Identity Platform', 'Firebase Authentication'],
    azure: ['Microsoft Entra External ID'],
    oneLine: text('Đăng ký, đăng nhập, cấp token.', 'Sign-up, sign-in and tokens.'),
    billedBy: text('Người dùng hoạt động trong tháng.', 'Monthly active users.'),
    equivalents: text(
      'Entra External ID nối tiếp Azure AD B2C.',
      'Entra External ID is the successor of Azure AD B2C.',
    ),
    today: null,
    sources: [price('cognito'), google, azure],
  },
  {
    id: 'api-gateway',
    lessonName: 'AWS API Gateway',
    aws: 'Amazon API Gateway',
    google: ['API Gateway', 'Apigee'],
    azure: ['Azure API Management'],
    oneLine: text(
      'Cổng vào của các API HTTP, REST và WebSocket.',
      'The front door of HTTP, REST and WebSocket APIs.',
    ),
    billedBy: text(
      'Lượt gọi hoặc tin nhắn, phút kết nối (WebSocket), dữ liệu ra ngoài.',
      'Calls or messages, connection minutes (WebSocket), data out.',
    ),
    equivalents: null,
    today: null,
    sources: [price('api-gateway'), google, azure],
  },
  {
    id: 's3',
    lessonName: 'Amazon S3',
    aws: 'Amazon S3',
    google: ['Cloud Storage'],
    azure: ['Azure Blob Storage'],
    oneLine: text('Kho lưu trữ đối tượng, tức là tệp đủ loại.', 'A store of objects.'),
    billedBy: text(
      'GB-tháng theo hạng lưu trữ, số yêu cầu, dữ liệu ra ngoài.',
      'GB-months by storage class, requests, data out.',
    ),
    equivalents: null,
    today: null,
    sources: [price('s3'), google, azure],
  },
  {
    id: 'sns',
    lessonName: 'AWS SNS',
    aws: 'Amazon SNS',
    google: ['Pub/Sub'],
    azure: ['Azure Event Grid', 'Service Bus topics'],
    oneLine: text(
      'Đẩy một thông báo tới nhiều bên đăng ký nhận.',
      'Pushes one message to many subscribers.',
    ),
    billedBy: text(
      'Lượt đăng tin (mỗi 64 KB) và lượt gửi đi, theo loại nơi nhận.',
      'Publishes (per 64 KB) and deliveries by kind of endpoint.',
    ),
    equivalents: null,
    today: null,
    sources: [price('sns'), google, azure],
  },
  {
    id: 'sqs',
    lessonName: 'SQS',
    aws: 'Amazon SQS',
    google: ['Pub/Sub pull', 'Cloud Tasks'],
    azure: ['Azure Queue Storage', 'Service Bus queues'],
    oneLine: text('Hàng đợi mà bên nhận tự đến lấy tin.', 'A queue that its readers pull from.'),
    billedBy: text('Số yêu cầu (mỗi 64 KB).', 'Requests (per 64 KB).'),
    equivalents: null,
    today: null,
    sources: [price('sqs'), google, azure],
  },
  {
    id: 'data-firehose',
    lessonName: 'AWS Kinesis Data Firehost',
    aws: 'Amazon Data Firehose',
    google: ['Pub/Sub → BigQuery, Cloud Storage', 'Dataflow'],
    azure: ['Event Hubs Capture', 'Azure Stream Analytics'],
    oneLine: text(
      'Gom luồng dữ liệu thành lô rồi đổ vào S3, Redshift và nơi khác.',
      'Gathers a stream into batches for S3, Redshift and others.',
    ),
    billedBy: text(
      'GB nhận vào, mỗi bản ghi làm tròn lên 5 KB.',
      'GB taken in, each record rounded up to 5 KB.',
    ),
    equivalents: null,
    today: text(
      'Bài viết “Firehost”; trước là Kinesis Data Firehose, từ năm 2024 là Amazon Data Firehose.',
      'The lesson writes “Firehost”; it was Kinesis Data Firehose, and is Amazon Data Firehose since 2024.',
    ),
    sources: [
      price('firehose'),
      source('https://docs.aws.amazon.com/firehose/latest/dev/history.html'),
      google,
      azure,
    ],
  },
  {
    id: 'aurora-serverless',
    lessonName: 'Aurora Serverless',
    aws: 'Amazon Aurora Serverless',
    google: ['Cloud SQL', 'AlloyDB', 'Spanner'],
    azure: ['Azure SQL Database serverless'],
    oneLine: text(
      'Cơ sở dữ liệu quan hệ tự co giãn.',
      'A relational database that scales by itself.',
    ),
    billedBy: text('ACU-giờ, GB-tháng và lượt đọc ghi đĩa.', 'ACU-hours, GB-months and I/O.'),
    equivalents: text(
      'Bên Google, những thứ gần nhất không co về 0.',
      'The closest that Google has do not scale to zero.',
    ),
    today: text('Bản v2 co được về 0.', 'Version 2 scales to zero.'),
    sources: [
      price('rds/aurora'),
      source(
        'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html',
      ),
      google,
      azure,
    ],
  },
  {
    id: 'step-functions',
    lessonName: 'Step Function',
    aws: 'AWS Step Functions',
    google: ['Workflows'],
    azure: ['Azure Logic Apps', 'Durable Functions'],
    oneLine: text(
      'Máy trạng thái nối các dịch vụ thành một quy trình.',
      'A state machine that joins services into one process.',
    ),
    billedBy: text(
      'Số bước chuyển trạng thái (Standard), hoặc số lần chạy và GB-giây (Express).',
      'Transitions (Standard), or requests and GB-seconds (Express).',
    ),
    equivalents: null,
    today: null,
    sources: [price('step-functions'), google, azure],
  },
  {
    id: 'fargate',
    lessonName: 'Fargate',
    aws: 'AWS Fargate',
    google: ['Cloud Run'],
    azure: ['Azure Container Apps', 'Azure Container Instances'],
    oneLine: text(
      'Chạy container mà không phải quản lý máy chủ.',
      'Runs containers with no servers to manage.',
    ),
    billedBy: text(
      'vCPU-giây, GB-giây và đĩa, ít nhất một phút.',
      'vCPU-seconds, GB-seconds and disk, one minute at least.',
    ),
    equivalents: null,
    today: null,
    sources: [price('fargate'), google, azure],
  },
];
