import type { PainterSettings } from '../contracts/painter-messages.js';
import { createPainter } from '../paint/create-painter.js';
import type { Painter } from '../paint/api.js';
import type { Runtime } from '../runtime/runtime.js';
import { listModels } from '../zoo/list-models.js';
import { loadModel } from '../zoo/load-model.js';

export interface ModelShelfOptions {
  readonly runtime: Runtime;
  readonly settings: PainterSettings;
}

/** Painters by model, the last used ones warm. */
export class ModelShelf {
  readonly #runtime: Runtime;
  readonly #settings: PainterSettings;
  /** In order of last use, the latest last; at most `warmModels`. */
  readonly #painters = new Map<string, Painter>();

  constructor({ runtime, settings }: ModelShelfOptions) {
    this.#runtime = runtime;
    this.#settings = settings;
  }

  /** Names of the models that can be asked for. */
  async names(): Promise<string[]> {
    const listed = await listModels(this.#settings.dataDir);
    return listed.filter((entry) => 'model' in entry).map(({ name }) => name);
  }

  /** The painter of a model; the one unused for longest makes room for it. */
  async open(name: string): Promise<Painter> {
    const painter = this.#painters.get(name) ?? (await this.#create(name));
    this.#painters.delete(name);
    this.#painters.set(name, painter);
    for (const [oldest, old] of this.#painters) {
      if (this.#painters.size <= this.#settings.warmModels) break;
      this.#painters.delete(oldest);
      await old.release();
    }
    return painter;
  }

  async #create(name: string): Promise<Painter> {
    const { dataDir } = this.#settings;
    const model = await loadModel({ name, ...(dataDir !== undefined && { dataDir }) });
    return createPainter({ model, runtime: this.#runtime });
  }
}
