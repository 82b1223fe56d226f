import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import {deflateRawSync} from "node:zlib";
import sharp from "sharp";
import {decodeGrey, UnreadableImage} from "../../../src/lib/dataset/decode.js";
import {openDicom} from "../../../src/lib/dataset/dicom.js";
import {drawPhantom} from "../../../src/lib/dataset/phantom/draw.js";
import {temporaryFolder, write} from "../fixtures.js";
import {attributes, dicomFile, type Element, encode, fragments, pixels, secrets, sequence} from "./build.js";

const folder = temporaryFolder();
let files = 0;
const decode = (bytes: Uint8Array) => decodeGrey(write(join(folder, `${files++}`), bytes), 48);
const shown = async (bytes: Uint8Array) => (await (await openDicom(bytes)).decode()).pixels;

async function refused(bytes: Uint8Array, reason: RegExp): Promise<void> {
  await assert.rejects(decode(bytes), (error: UnreadableImage) => {
    assert.ok(error instanceof UnreadableImage, String(error));
    assert.match(error.reason, reason);
    for (const secret of secrets) assert.ok(!JSON.stringify(error).includes(secret) && !error.message.includes(secret));
    return true;
  });
}

const width = 64;
const scene = drawPhantom({seed: 6, label: 1, size: width, marker: true}).pixels;
const png = sharp(scene, {raw: {width, height: width, channels: 1}})
  .png()
  .toBuffer();
const twelve = Uint16Array.from(scene, (level) => Math.round((level * 4095) / 255));
const file = (more: Element[] = [], options = {}) =>
  dicomFile([...pixels({width, bits: 12, values: twelve}), ...more], options);
const window = (center: string, size: string): Element[] => [
  [0x00281050, "DS", center],
  [0x00281051, "DS", size]
];

test("a radiograph in DICOM decodes as the 8-bit file of the scene, as a negative too", async () => {
  const reference = (await decode(await png)).pixels;
  const near = async (bytes: Uint8Array) => {
    const decoded = await decode(bytes);
    assert.deepEqual([decoded.width, decoded.height, decoded.notes], [width, width, []]);
    const worst = decoded.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - reference[i])), 0);
    assert.ok(worst <= 2, `differs by up to ${worst}`);
  };
  await near(file(window("2048", "4096")));
  const negative = pixels({width, bits: 12, values: twelve.map((value) => 4095 - value)});
  await near(dicomFile([...negative, [0x00280004, "CS", "MONOCHROME1"], ...window("2048", "4096")]));
});

test("without a window the used range is shown, and padding is black and does not count", async () => {
  const values = Uint16Array.from({length: 4096}, (_, i) => (i < 64 ? 63536 : 1000 + (i % 1001)));
  const plain = [...pixels({width, bits: 16, values}), [0x00280120, "US", [-2000]] as Element];
  const grey = await shown(dicomFile(plain));
  assert.ok(grey.subarray(0, 64).every((level) => level === 0));
  const expected = Array.from(values.subarray(64), (value) => Math.round((255 * (value - 1000)) / 1000));
  assert.deepEqual([...grey.subarray(64)], expected);
  const inverted = await shown(dicomFile([...plain, [0x00280004, "CS", "MONOCHROME1"]]));
  assert.ok(
    inverted.subarray(0, 64).every((level) => level === 0),
    "black in a negative too"
  );
  assert.deepEqual(
    [...inverted.subarray(64)],
    expected.map((level) => 255 - level)
  );
  const range = await shown(dicomFile([...plain, [0x00280120, "US", [1001]], [0x00280121, "US", [-1]]]));
  assert.deepEqual([...new Set(range)], [0], "a range of padding");
});

test("a window beside all values is not followed, and the file says so", async () => {
  const {pixels: decoded, notes} = await decode(file(window("30000", "10")));
  assert.ok(new Set(decoded).size > 50);
  assert.deepEqual(notes, ["the window that the DICOM file asks for shows nothing: all values are shown"]);
});

test("windows without width are none", async () => {
  const all = await shown(file());
  for (const [center, size] of [
    ["100", "0"],
    ["100", "-5"],
    ["", ""],
    ["100", "x"]
  ]) {
    assert.deepEqual(await shown(file(window(center, size))), all, `${center} ${size}`);
  }
});

test("bits beside the stored ones are no values: overlays lie there", async () => {
  const elements: Element[] = [...window("2048", "4096")];
  const clean = await shown(file(elements));
  const marked = pixels({width, bits: 12, values: twelve.map((value, i) => value | (i % 3 ? 0xf000 : 0))});
  assert.deepEqual(await shown(dicomFile([...marked, ...elements])), clean);
  const shifted = pixels({width, bits: 12, values: twelve.map((value) => value << 4)});
  assert.deepEqual(await shown(dicomFile([...shifted, [0x00280102, "US", [15]], ...elements])), clean);
});

test("an enhanced image keeps its window in the groups of its frames", async () => {
  const group = sequence(0x52009229, [sequence(0x00289132, window("1000", "500"))]);
  assert.deepEqual(await shown(file([group])), await shown(file(window("1000", "500"))));
});

test("of several frames the first is taken, with a note", async () => {
  const two = Uint16Array.from([...twelve, ...twelve.toReversed()]);
  const several = dicomFile([...pixels({width, height: width, bits: 12, values: two}), [0x00280008, "IS", "2"]]);
  const {pixels: decoded, notes} = await decode(several);
  assert.deepEqual(decoded, (await decode(file())).pixels);
  assert.deepEqual(notes, ["the first of 2 frames is taken"]);
});

test("files without preamble are read, from group 2 on and from group 8 on", async () => {
  const expected = await shown(file());
  assert.deepEqual(await shown(file().subarray(132)), expected);
  assert.deepEqual(await shown(encode([...attributes, ...pixels({width, bits: 12, values: twelve})])), expected);
});

test("a file that states no modality is taken, with a note; another modality is refused by its code", async () => {
  const without = dicomFile([...pixels({width, bits: 12, values: twelve}), [0x00080060, "CS", ""]]);
  assert.deepEqual((await decode(without)).notes, ["the DICOM file states no modality"]);
  for (const modality of ["CR", "DX", "RF"]) await decode(file([[0x00080060, "CS", modality]]));
  for (const modality of ["CT", "MG", "OT", "US"]) {
    await refused(
      file([[0x00080060, "CS", modality]]),
      new RegExp(`^a DICOM file of modality ${modality}, not a radiograph \\(CR, DX, RF\\)$`)
    );
  }
  await refused(file([[0x00080060, "CS", secrets[0]]]), /^a DICOM file of modality of another kind/);
});

test("what holds no image, or one that is not read, is refused by name", async () => {
  await refused(dicomFile([]), /^a DICOM file without an image in it$/);
  await refused(
    file([], {syntax: "1.2.840.10008.1.2.4.110"}),
    /^a DICOM file of transfer syntax 1\.2\.840\.10008\.1\.2\.4\.110, which is not read: save it uncompressed/
  );
  await refused(
    file([], {syntax: secrets[0]}),
    /^a DICOM file of transfer syntax that is not stated, which is not read/
  );
  await refused(
    file([[0x00280100, "US", [32]]]),
    /^a DICOM image of 32 bits a sample, which is not read: 8 to 16 are$/
  );
  await refused(file([[0x00280100, "US", [1]]]), /^a DICOM image of 1 bits a sample/);
  const colours = pixels({width, height: width, values: new Uint8Array(3 * scene.length)});
  await refused(
    dicomFile([...colours, [0x00280002, "US", [3]], [0x00280004, "CS", "HSV"]]),
    /^a DICOM image in HSV, which is not read$/
  );
  await refused(file([[0x00280004, "CS", "PALETTE COLOR"]]), /palette is in segments/);
});

test("a damaged file is told as any damaged image is", async () => {
  const whole = file(window("2048", "4096"));
  const cut = /^cut short or damaged$/;
  for (const share of [0.99, 0.5, 0.1]) await refused(whole.subarray(0, Math.floor(share * whole.length)), cut);
  await refused(whole.subarray(0, 200), cut);
  await refused(file([[0x00280101, "US", [17]]]), cut);
  await refused(file([[0x00280011, "US", [0]]]), cut);
  await decode(Buffer.concat([whole, Buffer.from("garbage behind the pixels")]));
});

test("compressed frames that are cut short or are of another size are damaged", async () => {
  const header = pixels({width, values: scene}).filter(([tag]) => tag !== 0x7fe00010);
  const jpeg = await sharp(scene, {raw: {width, height: width, channels: 1}})
    .jpeg({quality: 95, mozjpeg: false})
    .toColourspace("b-w")
    .toBuffer();
  const baseline = (frame: Uint8Array, more: Element[] = []) =>
    dicomFile([...header, ...more], {syntax: "1.2.840.10008.1.2.4.50", end: fragments([frame])});
  const grey = await shown(baseline(jpeg, window("127.5", "256")));
  assert.ok(grey.every((level, i) => Math.abs(level - scene[i]) < 30));
  await refused(baseline(jpeg.subarray(0, jpeg.length >> 1)), /^cut short or damaged$/);
  await refused(baseline(jpeg, [[0x00280010, "US", [48]]]), /^cut short or damaged$/);
  for (const syntax of ["70", "80", "90", "51"]) {
    const odd = dicomFile(header, {syntax: `1.2.840.10008.1.2.4.${syntax}`, end: fragments([jpeg.subarray(0, 300)])});
    await refused(odd, /^cut short or damaged$/);
  }
  await refused(dicomFile(header, {end: fragments([jpeg])}), /^cut short or damaged$/);
  for (const syntax of ["constructor", "__proto__"]) {
    await refused(dicomFile(header, {syntax, end: fragments([jpeg])}), /transfer syntax that is not stated/);
  }
  await refused(dicomFile(header, {syntax: "1.2.840.10008.1.2.5", end: fragments([jpeg])}), /^cut short or damaged$/);
  const twoFrames = dicomFile([...header, [0x00280008, "IS", "2"]], {
    syntax: "1.2.840.10008.1.2.4.50",
    end: fragments([jpeg, jpeg])
  });
  assert.deepEqual(await shown(twoFrames), await shown(baseline(jpeg)));
});

test("a deflated file is inflated, but not without end", async () => {
  const syntax = "1.2.840.10008.1.2.1.99";
  const start = dicomFile([], {syntax}).length - encode(attributes).length;
  const head = file([], {syntax}).subarray(0, start);
  const body = encode([...attributes, ...pixels({width, bits: 12, values: twelve})]);
  assert.deepEqual(await shown(Buffer.concat([head, deflateRawSync(body)])), await shown(file()));
  await refused(Buffer.concat([head, deflateRawSync(body).subarray(0, 500)]), /^cut short or damaged$/);
  const endless = Buffer.concat([head, deflateRawSync(Buffer.alloc(129 * 2 ** 20))]);
  await refused(endless, /^inflates to more than 134 MB$/);
});

test("only its pixels are read of a file: what is decoded says nothing of the person", async () => {
  const opened = await openDicom(file());
  const text = JSON.stringify([opened, await opened.decode()]);
  for (const secret of secrets) assert.ok(!text.includes(secret), secret);
});

test("colours become luminance", async () => {
  const colours = Uint8Array.from({length: 3 * scene.length}, (_, i) => scene[Math.floor(i / 3)]);
  const header = pixels({width, height: width, values: colours});
  const rgb = dicomFile([...header, [0x00280002, "US", [3]], [0x00280004, "CS", "RGB"], [0x00280006, "US", [0]]]);
  const reference = (await decode(await png)).pixels;
  assert.deepEqual((await decode(rgb)).pixels, reference);
});
