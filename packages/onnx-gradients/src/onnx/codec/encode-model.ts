import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from '../generated/onnx_pb.js';
import type { Model } from '../graph.js';
import { encodeGraph, type Place } from './encode-graph.js';

const inline: Place = () => undefined;

/** The bytes of an `.onnx` file; tensors that `place` finds in a weights file are only referred to. */
export function encodeModel(model: Model, place: Place = inline): Uint8Array {
  const proto = create(ModelProtoSchema, {
    irVersion: BigInt(model.irVersion),
    producerName: model.producer,
    opsetImport: Object.entries(model.opsets).map(([domain, version]) => ({
      domain,
      version: BigInt(version),
    })),
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
    graph: encodeGraph(model.graph, place),
  });
  return toBinary(ModelProtoSchema, proto);
}
