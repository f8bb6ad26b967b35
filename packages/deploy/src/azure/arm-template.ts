/** A resource of a template, as Resource Manager takes it. */
export interface TemplateResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly [property: string]: unknown;
}

/** A template of Resource Manager, https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax. */
export interface Template {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: Readonly<Record<string, { readonly type: string }>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resources: readonly TemplateResource[];
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
}
