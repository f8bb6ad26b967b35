/** The version of Azure's host whose behaviour this one follows. */
export const hostVersion = '4.1037.0';
