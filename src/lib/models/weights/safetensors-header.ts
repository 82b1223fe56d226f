import {z} from "zod";
import {UserError} from "../../support/errors.js";

/** The bytes of a tensor, from the start of the data. */
export interface TensorEntry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/** Bytes of an element of the types that are read; batch norms of PyTorch count their batches in I64. */
const sizes: Record<string, number> = {F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8};

/** The format's own limit. */
const longest = 100_000_000;
const count = z.int().min(0);
const schema = z.strictObject({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count])
});

/**
 * Reads and checks the header of a `.safetensors` file: 8 bytes of length, JSON, then the data, which the tensors must
 * fill without overlap or gap.
 * @throws UserError that says which of this does not hold
 */
export function parseHeader(bytes: Buffer, path: string) {
  const refuse = (reason: string): never => {
    throw new UserError(`${path} is not a valid .safetensors file: ${reason}.`, {hint: "Get the file again."});
  };
  if (bytes.length < 8) return refuse(`it has ${bytes.length} bytes, too few for a header`);
  const length = bytes.readBigUInt64LE();
  if (length > longest || length > bytes.length - 8) {
    return refuse(`its header claims ${length} bytes, the file has ${bytes.length}`);
  }
  const start = 8 + Number(length);
  const {__metadata__: notes = {}, ...entries} = parseJson(bytes.toString("utf8", 8, start), refuse);
  const metadata = z.record(z.string(), z.string()).safeParse(notes);
  if (!metadata.success) return refuse("its __metadata__ is not a record of strings");
  const tensors = Object.entries(entries).map(([name, entry]) => parseEntry(name, entry, refuse));
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireFilled(tensors, bytes.length - start, refuse);
  return {metadata: metadata.data, tensors, start};
}

type Refuse = (reason: string) => never;

function parseJson(text: string, refuse: Refuse): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("its header is not JSON");
  }
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : refuse("its header is not a JSON object");
}

function parseEntry(name: string, entry: unknown, refuse: Refuse): TensorEntry {
  const parsed = schema.safeParse(entry);
  if (!parsed.success) {
    const [{path, message}] = parsed.error.issues;
    return refuse(`tensor ${name}${path.map((part) => `.${String(part)}`).join("")}: ${message}`);
  }
  const {dtype, shape, data_offsets: range} = parsed.data;
  if (!Object.hasOwn(sizes, dtype)) {
    return refuse(`tensor ${name} is ${dtype}; what can be read is ${Object.keys(sizes).join(", ")}`);
  }
  const size = shape.reduce((a, b) => a * b, sizes[dtype]);
  const [begin, end] = range;
  if (end - begin !== size) {
    return refuse(`tensor ${name}, ${dtype} [${shape}], takes ${size} bytes, but its offsets span ${end - begin}`);
  }
  return {name, dtype, shape, begin, end};
}

function requireFilled(tensors: readonly TensorEntry[], available: number, refuse: Refuse): void {
  let reached = 0;
  for (const {name, begin, end} of tensors) {
    if (end > available) return refuse(`tensor ${name} ends at byte ${end} of ${available}: the file is cut short`);
    if (begin < reached) return refuse(`tensor ${name} overlaps another`);
    if (begin > reached) return refuse(`nothing describes the bytes before tensor ${name}`);
    reached = end;
  }
  if (reached < available) refuse(`nothing describes its last ${available - reached} bytes`);
}
