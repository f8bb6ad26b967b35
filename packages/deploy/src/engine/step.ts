/** A step of a deployment, a rollback or a removal, as it is reported. */
export interface Step {
  /** In the imperative, such as `upload the deployment package`. */
  readonly name: string;
  readonly state: 'started' | 'progress' | 'done' | 'skipped';
  /** Such as `12 of 40 resources` or why it was skipped. */
  readonly detail?: string;
}

export type OnStep = (step: Step) => void;
