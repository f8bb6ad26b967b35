/** The built-in roles that are given, https://learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
export const roles = {
  /**
   * What the Functions host needs on the account of AzureWebJobsStorage at the least, according to
   * https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
   * (2026-11-22): it makes containers of its own there.
   */
  blobDataOwner: { id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner' },
  blobDataContributor: {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    name: 'Storage Blob Data Contributor',
  },
  metricsPublisher: {
    id: '3913510d-42f4-4e42-8a64-420c390055eb',
    name: 'Monitoring Metrics Publisher',
  },
} as const;
