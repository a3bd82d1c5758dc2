import { mapProtobuf } from "../protobuf/map-protobuf.js";
import { stringFields } from "../protobuf/string-fields.js";

/** Field numbers from onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.external_data. */
const EXTERNAL_DATA = [7, 5, 13];
/** StringStringEntryProto.value; its key is field 1. */
const VALUE = 2;

/**
 * Changes the file names of an ONNX model's external weights. The hub's cache names files by their hashes, and onnxruntime does not follow
 * symbolic links out of the model's folder, so the model has to name the hashes.
 * @param names new file name by old file name
 */
export function relocateExternalData(model: Uint8Array, names: ReadonlyMap<string, string>): Uint8Array {
  return mapProtobuf(model, EXTERNAL_DATA, (entry) => {
    const fields = stringFields(entry);
    const name = fields.get(1) === "location" ? names.get(fields.get(2) ?? "") : undefined;
    return name === undefined ? entry : mapProtobuf(entry, [VALUE], () => Buffer.from(name));
  });
}
