import type { TrainRequest } from '../contracts/train-request.js';
import { modelNameOf } from './export/model-folder.js';
import type { OpenedStage } from './stage.js';
import { openClipStage } from './stages/clip-stage.js';
import type { StageContext } from './stages/context.js';
import { openTransformerStage } from './stages/transformer-stage.js';
import { openVqganStage } from './stages/vqgan-stage.js';

/** Opens what was asked for. @throws UserError when the request cannot be met. */
export async function openStage(request: TrainRequest, context: StageContext): Promise<OpenedStage> {
  modelNameOf(request.out); // said now, not when there is something to save
  switch (request.stage) {
    case 'vqgan':
      return openVqganStage(request, context);
    case 'transformer':
      return openTransformerStage(request, context);
    case 'clip':
      return openClipStage(request, context);
  }
}
