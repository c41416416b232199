import { filesInUse, type LoadedModel } from './load-model.js';
import { verifyOnnx } from './verify-onnx.js';

/**
 * Reads every file that a model lists, and looks for files that its ONNX networks need and it does not list.
 *
 * @returns how many files it has, and their bytes.
 * @throws UserError naming the first that is missing, damaged or not listed.
 */
export async function verifyModel(
  model: LoadedModel,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const listed = Object.entries(model.manifest.files);
  for (const [file] of listed) await model.verified(file);
  for (const file of filesInUse(model.manifest)) if (file.endsWith('.onnx')) await verifyOnnx(model, file);
  return { files: listed.length, bytes: listed.reduce((sum, [, { bytes }]) => sum + bytes, 0) };
}
