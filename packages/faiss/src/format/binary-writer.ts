/** Collects FAISS's little-endian primitives; `writeIndex` passes large arrays on without copying. */
export class BinaryWriter {
  private bytes = new Uint8Array(256);
  private length = 0;

  tag(tag: string): void {
    for (let i = 0; i < 4; i++) this.u8(tag.charCodeAt(i));
  }

  u8(value: number): void {
    this.room(1).setUint8(0, value);
  }

  i32(value: number): void {
    this.room(4).setInt32(0, value, true);
  }

  f32(value: number): void {
    this.room(4).setFloat32(0, value, true);
  }

  /** A C++ size_t or int64. */
  size(value: number): void {
    this.room(8).setBigInt64(0, BigInt(value), true);
  }

  /** A counted vector. */
  vector(
    array: Int32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array | Uint8Array,
  ): void {
    this.size(array.length);
    this.array(array);
  }

  /** Writes an array's bytes unchanged: every platform with WASM is little-endian. */
  array(array: ArrayBufferView): void {
    const view = this.room(array.byteLength);
    const target = new Uint8Array(view.buffer, view.byteOffset, array.byteLength);
    target.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }

  /** A copy of the bytes written since the last flush. */
  flush(): Uint8Array {
    const flushed = this.bytes.slice(0, this.length);
    this.length = 0;
    return flushed;
  }

  /** A view of the next `length` bytes, which the caller writes. */
  private room(length: number): DataView {
    if (this.length + length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + length));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    const view = new DataView(this.bytes.buffer, this.length, length);
    this.length += length;
    return view;
  }
}
