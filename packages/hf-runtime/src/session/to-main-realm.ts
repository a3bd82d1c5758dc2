import { mainRealm } from "./main-realm.js";

/** The same bytes as an array of the main realm; the array itself if it already is one. */
export function toMainRealm<
  View extends Int32Array | BigInt64Array | Float32Array | Uint16Array | Uint8Array,
>(view: View): View {
  const { Int32Array: Int32, BigInt64Array: BigInt64, Uint8Array: Bytes } = mainRealm;
  const Type =
    [Int32, BigInt64, mainRealm.Float32Array, mainRealm.Uint16Array, Bytes].find(
      ({ name }) => name === view.constructor.name,
    ) ?? Bytes;
  return view instanceof Type
    ? view
    : (new Type(view.buffer as ArrayBuffer, view.byteOffset, view.length) as View);
}
