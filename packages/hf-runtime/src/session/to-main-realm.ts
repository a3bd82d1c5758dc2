import { mainRealm } from "./main-realm.js";

/** The same bytes as an array of the main realm; itself where it is one. */
export function toMainRealm<View extends Int32Array | BigInt64Array | Uint8Array>(view: View): View {
  const { Int32Array: Int32, BigInt64Array: BigInt64, Uint8Array: Bytes } = mainRealm;
  const Type = [Int32, BigInt64, Bytes].find(({ name }) => name === view.constructor.name) ?? Bytes;
  return view instanceof Type
    ? view
    : (new Type(view.buffer as ArrayBuffer, view.byteOffset, view.length) as View);
}
