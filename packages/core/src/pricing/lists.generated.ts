// Written by `npm run fix` from the folder; not to be changed by hand.
import awsApiGatewayHttp from './lists/aws-api-gateway-http.json' with { type: 'json' };
import awsApiGatewayRestPrivate from './lists/aws-api-gateway-rest-private.json' with { type: 'json' };
import awsApiGatewayRest from './lists/aws-api-gateway-rest.json' with { type: 'json' };
import awsApiGatewayWebsocket from './lists/aws-api-gateway-websocket.json' with { type: 'json' };
import awsAuroraServerlessV2 from './lists/aws-aurora-serverless-v2.json' with { type: 'json' };
import awsCognito from './lists/aws-cognito.json' with { type: 'json' };
import awsDataTransfer from './lists/aws-data-transfer.json' with { type: 'json' };
import awsDynamodb from './lists/aws-dynamodb.json' with { type: 'json' };
import awsEc2 from './lists/aws-ec2.json' with { type: 'json' };
import awsFargate from './lists/aws-fargate.json' with { type: 'json' };
import awsFirehose from './lists/aws-firehose.json' with { type: 'json' };
import awsLambdaEdge from './lists/aws-lambda-edge.json' with { type: 'json' };
import awsLambdaManagedInstances from './lists/aws-lambda-managed-instances.json' with { type: 'json' };
import awsLambda from './lists/aws-lambda.json' with { type: 'json' };
import awsS3 from './lists/aws-s3.json' with { type: 'json' };
import awsSns from './lists/aws-sns.json' with { type: 'json' };
import awsSqs from './lists/aws-sqs.json' with { type: 'json' };
import awsStepFunctions from './lists/aws-step-functions.json' with { type: 'json' };
import azureApiManagement from './lists/azure-api-management.json' with { type: 'json' };
import azureBandwidth from './lists/azure-bandwidth.json' with { type: 'json' };
import azureBlobStorage from './lists/azure-blob-storage.json' with { type: 'json' };
import azureContainerApps from './lists/azure-container-apps.json' with { type: 'json' };
import azureCosmosDb from './lists/azure-cosmos-db.json' with { type: 'json' };
import azureEntraExternalId from './lists/azure-entra-external-id.json' with { type: 'json' };
import azureEventGrid from './lists/azure-event-grid.json' with { type: 'json' };
import azureEventHubs from './lists/azure-event-hubs.json' with { type: 'json' };
import azureFunctionsConsumption from './lists/azure-functions-consumption.json' with { type: 'json' };
import azureFunctionsFlex from './lists/azure-functions-flex.json' with { type: 'json' };
import azureFunctionsPremium from './lists/azure-functions-premium.json' with { type: 'json' };
import azureLogicApps from './lists/azure-logic-apps.json' with { type: 'json' };
import azureQueueStorage from './lists/azure-queue-storage.json' with { type: 'json' };
import azureServiceBus from './lists/azure-service-bus.json' with { type: 'json' };
import azureSqlServerless from './lists/azure-sql-serverless.json' with { type: 'json' };
import azureVm from './lists/azure-vm.json' with { type: 'json' };
import googleApiGateway from './lists/google-api-gateway.json' with { type: 'json' };
import googleCloudFunctions1stGen from './lists/google-cloud-functions-1st-gen.json' with { type: 'json' };
import googleCloudRun from './lists/google-cloud-run.json' with { type: 'json' };
import googleCloudStorageEgress from './lists/google-cloud-storage-egress.json' with { type: 'json' };
import googleCloudStorage from './lists/google-cloud-storage.json' with { type: 'json' };
import googleFirestore from './lists/google-firestore.json' with { type: 'json' };
import googleGce from './lists/google-gce.json' with { type: 'json' };
import googleIdentityPlatform from './lists/google-identity-platform.json' with { type: 'json' };
import googleNetworkEgress from './lists/google-network-egress.json' with { type: 'json' };
import googlePubsub from './lists/google-pubsub.json' with { type: 'json' };
import googleWorkflows from './lists/google-workflows.json' with { type: 'json' };
import type { PriceListData } from './price-list-schema.ts';

/** Every price list, by file name. */
export const priceListData: readonly PriceListData[] = [
  awsApiGatewayHttp,
  awsApiGatewayRestPrivate,
  awsApiGatewayRest,
  awsApiGatewayWebsocket,
  awsAuroraServerlessV2,
  awsCognito,
  awsDataTransfer,
  awsDynamodb,
  awsEc2,
  awsFargate,
  awsFirehose,
  awsLambdaEdge,
  awsLambdaManagedInstances,
  awsLambda,
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
  googleCloudStorageEgress,
  googleCloudStorage,
  googleFirestore,
  googleGce,
  googleIdentityPlatform,
  googleNetworkEgress,
  googlePubsub,
  googleWorkflows,
];
