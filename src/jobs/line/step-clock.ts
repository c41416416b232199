import type { PaintRequest } from '../../contracts/paint-request.js';
import { stepsInAll } from '../../requests/sheet.js';

/** What an hour of other steps does to one measure is small: the mean moves a tenth of the way each step. */
const WEIGHT = 0.1;

interface StepKind {
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly cutouts: number;
}

/** What a step's time depends on, as a ledger key. */
export function stepKind({ model, width, height, cutouts }: StepKind): string {
  return [model, width, height, cutouts].join(' ');
}

function parseKind(kind: string): StepKind {
  const [model = '', ...numbers] = kind.split(' ');
  const [width = 1, height = 1, cutouts = 1] = numbers.map(Number);
  return { model, width, height, cutouts };
}

/** How long steps take, from measured ones: an exponential mean for each kind. */
export class StepClock {
  /** Milliseconds by kind, all measured. */
  readonly #means: Map<string, number>;

  constructor(measured: ReadonlyMap<string, number> = new Map()) {
    this.#means = new Map(measured);
  }

  get isEmpty(): boolean {
    return this.#means.size === 0;
  }

  /** Takes in one measured step and returns the mean of its kind. */
  note(request: PaintRequest, ms: number): number {
    const kind = stepKind(request);
    const mean = this.#means.get(kind);
    const moved = mean === undefined ? ms : mean + WEIGHT * (ms - mean);
    this.#means.set(kind, moved);
    return moved;
  }

  /**
   * Milliseconds a step of a kind takes. One that was never painted is scaled by its pixels from the same
   * model's nearest size, or else from any model's; undefined while nothing at all was measured.
   */
  stepMs(kind: string): number | undefined {
    return this.#means.get(kind) ?? this.#scaled(parseKind(kind));
  }

  /** Milliseconds for the steps of a request that are left. */
  remainingMs(request: PaintRequest, stepsDone = 0): number | undefined {
    const ms = this.stepMs(stepKind(request));
    return ms && ms * Math.max(0, stepsInAll(request) - stepsDone);
  }

  #scaled(wanted: StepKind): number | undefined {
    const pixels = wanted.width * wanted.height;
    const known = [...this.#means].map(([kind, ms]) => {
      const { model, width, height } = parseKind(kind);
      return { isSame: model === wanted.model, pixels: width * height, ms };
    });
    const candidates = known.some(({ isSame }) => isSame) ? known.filter(({ isSame }) => isSame) : known;
    const distance = (other: { readonly pixels: number }) => Math.abs(Math.log(other.pixels / pixels));
    const nearest = candidates.sort((a, b) => distance(a) - distance(b))[0];
    return nearest && (nearest.ms * pixels) / nearest.pixels;
  }
}

/**
 * How long until `workMs` of work has been taken up by lanes that are busy for `busyMs` each: the t with
 * Σ max(0, t − busy) = work.
 *
 * @returns undefined without lanes.
 */
export function msUntilTaken(busyMs: readonly number[], workMs: number): number | undefined {
  const lanes = [...busyMs].sort((a, b) => a - b);
  let sum = 0;
  for (const [index, busy] of lanes.entries()) {
    sum += busy;
    const free = (workMs + sum) / (index + 1);
    const next = lanes[index + 1];
    if (next === undefined || free <= next) return free;
  }
  return undefined;
}
