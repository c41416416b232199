/** What can be trained. */
export type TrainStage = 'vqgan' | 'transformer' | 'clip';

/** What a training run says while it goes, in order; exactly one `done` is last. */
export type TrainEvent =
  | {
      readonly type: 'started';
      readonly stage: TrainStage;
      /** The step it goes on from; 0 for a fresh run. */
      readonly step: number;
      readonly steps: number;
      /** Pictures to learn from, and those kept aside to measure on. */
      readonly pictures: number;
      readonly heldOut: number;
      readonly parameters: number;
      readonly device: string;
      readonly folder: string;
    }
  /** A file that is not learnt from, with the reason for people. */
  | { readonly type: 'skipped'; readonly file: string; readonly reason: string }
  | {
      readonly type: 'step';
      readonly step: number;
      readonly losses: Readonly<Record<string, number>>;
      readonly rate: number;
      /** Euclidean norm of the gradients before they were clipped. */
      readonly norm: number;
      readonly ms: number;
      /** Examples the step learnt from. */
      readonly batch: number;
    }
  | { readonly type: 'measured'; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  | { readonly type: 'saved'; readonly step: number }
  | {
      readonly type: 'done';
      readonly step: number;
      readonly ended: 'finished' | 'stopped';
      readonly seconds: number;
    };

export type StepEvent = Extract<TrainEvent, { readonly type: 'step' }>;
export type MeasuredEvent = Extract<TrainEvent, { readonly type: 'measured' }>;
