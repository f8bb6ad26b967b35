export { type AppBuilder, type AppSource, type BuiltApp, createAppBuilder } from './app-builder.ts';
export { buildApp, buildAppInto } from './build-app.ts';
export { buildDeploymentPackage, type PackagedApp } from './build-deployment-package.ts';
export { createDeploymentPackage, UnsafePathError } from './create-deployment-package.ts';
export type { DeploymentPackage } from './deployment-package.ts';
export { BuildFailedError } from './errors.ts';
export { exportsHandler } from './exports-handler.ts';
export type { BuiltFile } from './provider-app.ts';
export { writeFiles } from './write-files.ts';
