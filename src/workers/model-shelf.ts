import { totalmem } from 'node:os';
import type { PainterSettings } from '../contracts/painter-messages.js';
import type { Painter } from '../paint/api.js';
import { createPainter } from '../paint/create-painter.js';
import { WarmShelf } from '../paint/sessions/warm-shelf.js';
import type { Runtime } from '../runtime/runtime.js';
import { loadModel } from '../zoo/load-model.js';

export interface ModelShelfOptions {
  readonly runtime: Runtime;
  readonly settings: PainterSettings;
  /** Bytes of memory that stay free of models that only wait; a fifth of the machine's when absent. */
  readonly spareBytes?: number;
}

/** Painters by model, the last used ones warm as far as memory goes. */
export class ModelShelf {
  readonly #runtime: Runtime;
  readonly #settings: PainterSettings;
  readonly #spareBytes: number;
  readonly #painters: WarmShelf<Painter>;

  constructor({ runtime, settings, spareBytes = totalmem() / 5 }: ModelShelfOptions) {
    this.#runtime = runtime;
    this.#settings = settings;
    this.#spareBytes = spareBytes;
    const tellsMemory = runtime.availableMemory() !== undefined;
    this.#painters = new WarmShelf(tellsMemory ? settings.warmModels : 1);
  }

  /**
   * The painter of a model as it is installed now; the one unused for longest makes room for it.
   *
   * @throws UserError when there is no such model (any more), which costs no other its place.
   */
  async open(name: string): Promise<Painter> {
    const { dataDir } = this.#settings;
    const model = await loadModel({ name, ...(dataDir !== undefined && { dataDir }) });
    // One that was removed and added again is another.
    const key = `${name} ${model.manifestHash}`;
    const known = this.#painters.find(key);
    if (known) return known;
    const runtime: Runtime = { ...this.#runtime, makeRoom: (bytes) => this.#makeRoom(key, bytes) };
    return this.#painters.add(key, async () => createPainter({ model, runtime }));
  }

  /** Closes models that only wait until so many bytes are free beside the spare ones. */
  async #makeRoom(key: string, bytes: number): Promise<void> {
    const isShort = () => (this.#runtime.availableMemory() ?? Infinity) < bytes + this.#spareBytes;
    while (isShort() && (await this.#painters.drop(key)));
  }
}
