import type { Mapping } from './restated.ts';
import { awsApiGatewayHttp } from './services/aws-api-gateway-http.ts';
import { awsApiGatewayRest } from './services/aws-api-gateway-rest.ts';
import { awsApiGatewayRestPrivate } from './services/aws-api-gateway-rest-private.ts';
import { awsApiGatewayWebsocket } from './services/aws-api-gateway-websocket.ts';
import { awsAuroraServerlessV2 } from './services/aws-aurora-serverless-v2.ts';
import { awsCognito } from './services/aws-cognito.ts';
import { awsDataTransfer } from './services/aws-data-transfer.ts';
import { awsDynamodb } from './services/aws-dynamodb.ts';
import { awsEc2 } from './services/aws-ec2.ts';
import { awsFargate } from './services/aws-fargate.ts';
import { awsFirehose } from './services/aws-firehose.ts';
import { awsLambda } from './services/aws-lambda.ts';
import { awsLambdaEdge } from './services/aws-lambda-edge.ts';
import { awsLambdaManagedInstances } from './services/aws-lambda-managed-instances.ts';
import { awsS3 } from './services/aws-s3.ts';
import { awsSns } from './services/aws-sns.ts';
import { awsSqs } from './services/aws-sqs.ts';
import { awsStepFunctions } from './services/aws-step-functions.ts';
import { azureApiManagement } from './services/azure-api-management.ts';
import { azureBandwidth } from './services/azure-bandwidth.ts';
import { azureCosmosDb } from './services/azure-cosmos-db.ts';
import { azureEventGrid } from './services/azure-event-grid.ts';
import { azureEventHubs } from './services/azure-event-hubs.ts';
import { azureFunctionsConsumption } from './services/azure-functions-consumption.ts';
import { azureFunctionsFlex } from './services/azure-functions-flex.ts';
import { azureFunctionsPremium } from './services/azure-functions-premium.ts';
import { azureLogicApps } from './services/azure-logic-apps.ts';
import { azureServiceBus } from './services/azure-service-bus.ts';
import { azureSqlServerless } from './services/azure-sql-serverless.ts';
import { azureVm } from './services/azure-vm.ts';
import { googleCloudFunctions1stGen } from './services/google-cloud-functions-1st-gen.ts';
import { googleCloudFunctions2ndGen } from './services/google-cloud-functions-2nd-gen.ts';
import { googleCloudRun } from './services/google-cloud-run.ts';
import { googleCloudStorageEgress } from './services/google-cloud-storage-egress.ts';
import { googleFirestore } from './services/google-firestore.ts';
import { googleGce } from './services/google-gce.ts';
import { googleIdentityPlatform } from './services/google-identity-platform.ts';
import { googlePubsub } from './services/google-pubsub.ts';

/** How the published bills of each service are read, by `<provider>-<service>`. */
export const mappings: ReadonlyMap<string, Mapping> = new Map([
  ['aws-api-gateway-http', awsApiGatewayHttp],
  ['aws-api-gateway-rest', awsApiGatewayRest],
  ['aws-api-gateway-rest-private', awsApiGatewayRestPrivate],
  ['aws-api-gateway-websocket', awsApiGatewayWebsocket],
  ['aws-aurora-serverless-v2', awsAuroraServerlessV2],
  ['aws-cognito', awsCognito],
  ['aws-data-transfer', awsDataTransfer],
  ['aws-dynamodb', awsDynamodb],
  ['aws-ec2', awsEc2],
  ['aws-fargate', awsFargate],
  ['aws-firehose', awsFirehose],
  ['aws-lambda', awsLambda],
  ['aws-lambda-edge', awsLambdaEdge],
  ['aws-lambda-managed-instances', awsLambdaManagedInstances],
  ['aws-s3', awsS3],
  ['aws-sns', awsSns],
  ['aws-sqs', awsSqs],
  ['aws-step-functions', awsStepFunctions],
  ['azure-api-management', azureApiManagement],
  ['azure-bandwidth', azureBandwidth],
  ['azure-cosmos-db', azureCosmosDb],
  ['azure-event-grid', azureEventGrid],
  ['azure-event-hubs', azureEventHubs],
  ['azure-functions-consumption', azureFunctionsConsumption],
  ['azure-functions-flex', azureFunctionsFlex],
  ['azure-functions-premium', azureFunctionsPremium],
  ['azure-logic-apps', azureLogicApps],
  ['azure-service-bus', azureServiceBus],
  ['azure-sql-serverless', azureSqlServerless],
  ['azure-vm', azureVm],
  ['google-cloud-functions-1st-gen', googleCloudFunctions1stGen],
  ['google-cloud-functions-2nd-gen', googleCloudFunctions2ndGen],
  ['google-cloud-run', googleCloudRun],
  ['google-cloud-storage-egress', googleCloudStorageEgress],
  ['google-firestore', googleFirestore],
  ['google-gce', googleGce],
  ['google-identity-platform', googleIdentityPlatform],
  ['google-pubsub', googlePubsub],
]);
