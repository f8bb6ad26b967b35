// Written by `npm run fix` from the folder; not to be changed by hand.
import { awsApiGatewayHttp } from './aws-api-gateway-http.ts';
import { awsApiGatewayRestPrivate } from './aws-api-gateway-rest-private.ts';
import { awsApiGatewayRest } from './aws-api-gateway-rest.ts';
import { awsApiGatewayWebsocket } from './aws-api-gateway-websocket.ts';
import { awsAuroraServerlessV2 } from './aws-aurora-serverless-v2.ts';
import { awsCognito } from './aws-cognito.ts';
import { awsDataTransfer } from './aws-data-transfer.ts';
import { awsDynamodb } from './aws-dynamodb.ts';
import { awsEc2 } from './aws-ec2.ts';
import { awsFargate } from './aws-fargate.ts';
import { awsFirehose } from './aws-firehose.ts';
import { awsLambdaEdge } from './aws-lambda-edge.ts';
import { awsLambdaManagedInstances } from './aws-lambda-managed-instances.ts';
import { awsLambda } from './aws-lambda-service.ts';
import { awsS3 } from './aws-s3.ts';
import { awsSns } from './aws-sns.ts';
import { awsSqs } from './aws-sqs.ts';
import { awsStepFunctions } from './aws-step-functions.ts';
import { azureApiManagement } from './azure-api-management.ts';
import { azureBandwidth } from './azure-bandwidth.ts';
import { azureBlobStorage } from './azure-blob-storage.ts';
import { azureContainerApps } from './azure-container-apps.ts';
import { azureCosmosDb } from './azure-cosmos-db.ts';
import { azureEntraExternalId } from './azure-entra-external-id.ts';
import { azureEventGrid } from './azure-event-grid.ts';
import { azureEventHubs } from './azure-event-hubs.ts';
import { azureFunctionsConsumption } from './azure-functions-consumption.ts';
import { azureFunctionsFlex } from './azure-functions-flex.ts';
import { azureFunctionsPremium } from './azure-functions-premium.ts';
import { azureLogicApps } from './azure-logic-apps.ts';
import { azureQueueStorage } from './azure-queue-storage.ts';
import { azureServiceBus } from './azure-service-bus.ts';
import { azureSqlServerless } from './azure-sql-serverless.ts';
import { azureVm } from './azure-vm.ts';
import { googleApiGateway } from './google-api-gateway.ts';
import { googleCloudFunctions1stGen } from './google-cloud-functions-1st-gen.ts';
import { googleCloudFunctions2ndGen } from './google-cloud-functions-2nd-gen.ts';
import { googleCloudRun } from './google-cloud-run.ts';
import { googleCloudStorageEgress } from './google-cloud-storage-egress.ts';
import { googleCloudStorage } from './google-cloud-storage.ts';
import { googleFirestore } from './google-firestore.ts';
import { googleGce } from './google-gce.ts';
import { googleIdentityPlatform } from './google-identity-platform.ts';
import { googleNetworkEgress } from './google-network-egress.ts';
import { googlePubsub } from './google-pubsub.ts';
import { googleWorkflows } from './google-workflows.ts';
import type { BilledService } from './service.ts';

/** Every service that can be billed, by file name. */
export const billedServices: readonly BilledService[] = [
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
  googleCloudFunctions2ndGen,
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
