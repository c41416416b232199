import { createRequire } from 'node:module';
import type Library from 'onnxruntime-node';

// The library writes an identifier of the machine and a database of events under the home folder, and tells Microsoft,
// unless this is set before it is loaded: an import would be carried out before this line.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

/** ONNX Runtime, telling nobody anything. Nothing else loads the library. */
export const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Library; // its own types
