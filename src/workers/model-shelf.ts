import type { PainterSettings } from '../contracts/painter-messages.js';
import type { Painter } from '../paint/api.js';
import { createPainter } from '../paint/create-painter.js';
import { WarmShelf } from '../paint/sessions/warm-shelf.js';
import type { Runtime } from '../runtime/runtime.js';
import { loadModel } from '../zoo/load-model.js';

export interface ModelShelfOptions {
  readonly runtime: Runtime;
  readonly settings: PainterSettings;
}

/** Painters by model, the last used ones warm. */
export class ModelShelf {
  readonly #runtime: Runtime;
  readonly #settings: PainterSettings;
  readonly #painters: WarmShelf<Painter>;

  constructor({ runtime, settings }: ModelShelfOptions) {
    this.#runtime = runtime;
    this.#settings = settings;
    this.#painters = new WarmShelf(settings.warmModels);
  }

  /**
   * The painter of a model; the one unused for longest makes room for it.
   *
   * @throws UserError when there is no such model, which costs no other its place.
   */
  async open(name: string): Promise<Painter> {
    const known = this.#painters.find(name);
    if (known) return known;
    const { dataDir } = this.#settings;
    const model = await loadModel({ name, ...(dataDir !== undefined && { dataDir }) });
    return this.#painters.add(name, async () => createPainter({ model, runtime: this.#runtime }));
  }
}
