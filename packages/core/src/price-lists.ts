import awsApiGatewayHttp from './pricing/lists/aws-api-gateway-http.json' with { type: 'json' };
import awsApiGatewayRest from './pricing/lists/aws-api-gateway-rest.json' with { type: 'json' };
import awsApiGatewayRestPrivate from './pricing/lists/aws-api-gateway-rest-private.json' with { type: 'json' };
import awsApiGatewayWebsocket from './pricing/lists/aws-api-gateway-websocket.json' with { type: 'json' };
import awsAuroraServerlessV2 from './pricing/lists/aws-aurora-serverless-v2.json' with { type: 'json' };
import awsCognito from './pricing/lists/aws-cognito.json' with { type: 'json' };
import awsDataTransfer from './pricing/lists/aws-data-transfer.json' with { type: 'json' };
import awsDynamodb from './pricing/lists/aws-dynamodb.json' with { type: 'json' };
import awsEc2 from './pricing/lists/aws-ec2.json' with { type: 'json' };
import awsFargate from './pricing/lists/aws-fargate.json' with { type: 'json' };
import awsFirehose from './pricing/lists/aws-firehose.json' with { type: 'json' };
import awsLambda from './pricing/lists/aws-lambda.json' with { type: 'json' };
import awsLambdaEdge from './pricing/lists/aws-lambda-edge.json' with { type: 'json' };
import awsLambdaManagedInstances from './pricing/lists/aws-lambda-managed-instances.json' with { type: 'json' };
import awsS3 from './pricing/lists/aws-s3.json' with { type: 'json' };
import awsSns from './pricing/lists/aws-sns.json' with { type: 'json' };
import awsSqs from './pricing/lists/aws-sqs.json' with { type: 'json' };
import awsStepFunctions from './pricing/lists/aws-step-functions.json' with { type: 'json' };
import azureApiManagement from './pricing/lists/azure-api-management.json' with { type: 'json' };
import azureBandwidth from './pricing/lists/azure-bandwidth.json' with { type: 'json' };
import azureBlobStorage from './pricing/lists/azure-blob-storage.json' with { type: 'json' };
import azureContainerApps from './pricing/lists/azure-container-apps.json' with { type: 'json' };
import azureCosmosDb from './pricing/lists/azure-cosmos-db.json' with { type: 'json' };
import azureEntraExternalId from './pricing/lists/azure-entra-external-id.json' with { type: 'json' };
import azureEventGrid from './pricing/lists/azure-event-grid.json' with { type: 'json' };
import azureEventHubs from './pricing/lists/azure-event-hubs.json' with { type: 'json' };
import azureFunctionsConsumption from './pricing/lists/azure-functions-consumption.json' with { type: 'json' };
import azureFunctionsFlex from './pricing/lists/azure-functions-flex.json' with { type: 'json' };
import azureFunctionsPremium from './pricing/lists/azure-functions-premium.json' with { type: 'json' };
import azureLogicApps from './pricing/lists/azure-logic-apps.json' with { type: 'json' };
import azureQueueStorage from './pricing/lists/azure-queue-storage.json' with { type: 'json' };
import azureServiceBus from './pricing/lists/azure-service-bus.json' with { type: 'json' };
import azureSqlServerless from './pricing/lists/azure-sql-serverless.json' with { type: 'json' };
import azureVm from './pricing/lists/azure-vm.json' with { type: 'json' };
import googleApiGateway from './pricing/lists/google-api-gateway.json' with { type: 'json' };
import googleCloudFunctions1stGen from './pricing/lists/google-cloud-functions-1st-gen.json' with { type: 'json' };
import googleCloudRun from './pricing/lists/google-cloud-run.json' with { type: 'json' };
import googleCloudStorage from './pricing/lists/google-cloud-storage.json' with { type: 'json' };
import googleCloudStorageEgress from './pricing/lists/google-cloud-storage-egress.json' with { type: 'json' };
import googleFirestore from './pricing/lists/google-firestore.json' with { type: 'json' };
import googleGce from './pricing/lists/google-gce.json' with { type: 'json' };
import googleIdentityPlatform from './pricing/lists/google-identity-platform.json' with { type: 'json' };
import googleNetworkEgress from './pricing/lists/google-network-egress.json' with { type: 'json' };
import googlePubsub from './pricing/lists/google-pubsub.json' with { type: 'json' };
import googleWorkflows from './pricing/lists/google-workflows.json' with { type: 'json' };
import { parseOwnPrices } from './pricing/own-prices.ts';
import { openPriceLists, type PriceLists } from './pricing/price-lists.ts';

const data = [
  awsApiGatewayHttp,
  awsApiGatewayRest,
  awsApiGatewayRestPrivate,
  awsApiGatewayWebsocket,
  awsAuroraServerlessV2,
  awsCognito,
  awsDataTransfer,
  awsDynamodb,
  awsEc2,
  awsFargate,
  awsFirehose,
  awsLambda,
  awsLambdaEdge,
  awsLambdaManagedInstances,
  awsS3,
  awsSns,
  awsSqs,
  awsStepFunctions,
  azureApiManagement,
  azureBandwidth,
  azureBlobStorage,
  azureContainerApps,
  azureCosmosDb,
  azureEntraExternalId,
  azureEventGrid,
  azureEventHubs,
  azureFunctionsConsumption,
  azureFunctionsFlex,
  azureFunctionsPremium,
  azureLogicApps,
  azureQueueStorage,
  azureServiceBus,
  azureSqlServerless,
  azureVm,
  googleApiGateway,
  googleCloudFunctions1stGen,
  googleCloudRun,
  googleCloudStorage,
  googleCloudStorageEgress,
  googleFirestore,
  googleGce,
  googleIdentityPlatform,
  googleNetworkEgress,
  googlePubsub,
  googleWorkflows,
];

/** Every price list there is. */
export const priceLists: PriceLists = openPriceLists(data);

/** Every price list with the caller's own prices, read from JSON; throws `InvalidInputError` with every fault at once. */
export function withOwnPrices(input: unknown): PriceLists {
  return openPriceLists(data, parseOwnPrices(input, data));
}
