import type {Value} from "./types.js";

/**
 * The typed arrays that a value may hold, by the name they are stored under. Little-endian, as every supported CPU is.
 */
const arrays = {uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array};
type ArrayName = keyof typeof arrays;
type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;

const magic = "PVL1";
const align = (offset: number) => (offset + 7) & ~7;

/** Text of a number that JSON cannot carry, or undefined. */
function special(value: number): string | undefined {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? undefined : String(value);
}

function nameOf(array: ArrayBufferView, path: string): ArrayName {
  const entry = Object.entries(arrays).find(([, type]) => array instanceof type);
  if (!entry) throw new TypeError(`A ${array.constructor.name} cannot be stored (at ${path || "the top"}).`);
  return entry[0] as ArrayName;
}

/**
 * Replaces what JSON cannot hold by objects whose only key begins with "$"; a key of the value's own that begins with
 * "$" gets a second one, so that nothing is ambiguous.
 */
function toPlain(value: unknown, replace: (array: TypedArray, name: ArrayName) => Value, path = ""): Value {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    const text = special(value);
    return text === undefined ? value : {$number: text};
  }
  if (ArrayBuffer.isView(value)) return replace(value as TypedArray, nameOf(value, path));
  if (Array.isArray(value)) return value.map((item, i) => toPlain(item, replace, `${path}[${i}]`));
  if (isPlain(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      entries.map(([key, item]) => [key.startsWith("$") ? `$${key}` : key, toPlain(item, replace, `${path}.${key}`)])
    );
  }
  const kind = typeof value === "object" ? value.constructor.name : typeof value;
  throw new TypeError(`A value of type ${kind} cannot be stored (at ${path || "the top"}).`);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function fromPlain(plain: Value, restore: (reference: Reference) => TypedArray): Value {
  if (plain === null || typeof plain !== "object") return plain;
  if (Array.isArray(plain)) return plain.map((item: Value) => fromPlain(item, restore));
  const object = plain as Record<string, Value>;
  if ("$number" in object) return Number(object.$number);
  if ("$array" in object) return restore(checkReference(object));
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [key.startsWith("$") ? key.slice(1) : key, fromPlain(item, restore)])
  );
}

interface Reference {
  $array: ArrayName;
  offset?: number;
  length?: number;
  data?: string;
}

function checkReference(object: Record<string, Value>): Reference {
  if (!Object.hasOwn(arrays, String(object.$array))) throw new TypeError(`unknown kind of array: ${object.$array}`);
  return object as unknown as Reference;
}

/** Serialises a value: a JSON header in which typed arrays are references, then their bytes, aligned to 8. */
export function encode(value: unknown): Buffer {
  const sections: {offset: number; array: TypedArray}[] = [];
  let size = 0;
  const plain = toPlain(value, (array, $array) => {
    const offset = size;
    sections.push({offset, array});
    size = align(size + array.byteLength);
    return {$array, offset, length: array.length};
  });
  const header = Buffer.from(JSON.stringify(plain));
  const start = align(8 + header.length);
  const buffer = Buffer.alloc(start + size);
  buffer.write(magic, 0, "latin1");
  buffer.writeUInt32LE(header.length, 4);
  header.copy(buffer, 8);
  for (const {offset, array} of sections) {
    buffer.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + offset);
  }
  return buffer;
}

/** Length from which an array of bytes, such as the pixels of a list, lies in memory that threads share. */
const sharedFrom = 2 ** 20;

const isShared = ({$array, length = 0}: Reference) => $array === "uint8" && length >= sharedFrom;

/**
 * The inverse of `encode`. No large array is held twice: arrays are views of the given bytes; but where pixels are
 * among them, these lie in memory that threads share and nothing holds on to the given bytes.
 */
export function decode(bytes: Uint8Array): Value {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  const buffer = Buffer.from(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  if (buffer.toString("latin1", 0, 4) !== magic) throw new TypeError("not a stored value");
  const length = buffer.readUInt32LE(4);
  const start = buffer.byteOffset + align(8 + length);
  const plain = JSON.parse(buffer.toString("utf8", 8, 8 + length)) as Value;
  const view = ({$array, offset = 0, length: items}: Reference): TypedArray =>
    new arrays[$array](buffer.buffer as ArrayBuffer, start + offset, items);
  return fromPlain(plain, holdsShared(plain) ? (reference) => own(reference, view(reference)) : view);
}

function holdsShared(plain: Value): boolean {
  let holds = false;
  fromPlain(plain, (reference) => {
    holds ||= isShared(reference);
    return new Uint8Array();
  });
  return holds;
}

/** An array in memory of its own, which threads share where it is large. */
function own(reference: Reference, view: TypedArray): TypedArray {
  if (!isShared(reference)) return view.slice();
  const copy = new Uint8Array(new SharedArrayBuffer(view.length));
  copy.set(view);
  return copy;
}

/** A value as JSON can hold it, exact to the bit: typed arrays become `{"$array": "float32", "data": base64}`. */
export function toPublished(value: unknown): Value {
  return toPlain(value, (array, $array) => ({
    $array,
    data: Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64")
  }));
}

/** The inverse of `toPublished`; throws a TypeError or RangeError when an array is malformed. */
export function fromPublished(plain: Value): Value {
  return fromPlain(plain, ({$array, data}) => {
    if (typeof data !== "string") throw new TypeError("an array without data");
    return new arrays[$array](Uint8Array.from(Buffer.from(data, "base64")).buffer);
  });
}
