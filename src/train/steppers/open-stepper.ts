import { openDeviceStepper } from './device-stepper.js';
import { openHostStepper } from './host-stepper.js';
import type { Stepper, StepperOptions } from './stepper.js';

/**
 * The stepper for a device. Under WebGPU weights and moments stay in its memory; CUDA has no such thing in Node (1.30), and on the
 * processor the optimiser is faster over flat arrays than in the graph.
 */
export function openStepper(options: StepperOptions): Promise<Stepper> {
  return options.runtime.provider === 'webgpu' ? openDeviceStepper(options) : openHostStepper(options);
}
