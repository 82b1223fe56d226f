/**
 * The attributes that are read, as `dicom-parser` names them. No other is ever looked at: a file says whose image it
 * holds.
 */
export const tags = {
  transferSyntax: "x00020010",
  modality: "x00080060",
  samplesPerPixel: "x00280002",
  photometric: "x00280004",
  planarConfiguration: "x00280006",
  numberOfFrames: "x00280008",
  rows: "x00280010",
  columns: "x00280011",
  bitsAllocated: "x00280100",
  bitsStored: "x00280101",
  highBit: "x00280102",
  pixelRepresentation: "x00280103",
  pixelPadding: "x00280120",
  pixelPaddingLimit: "x00280121",
  windowCenter: "x00281050",
  windowWidth: "x00281051",
  rescaleIntercept: "x00281052",
  rescaleSlope: "x00281053",
  voiLutFunction: "x00281056",
  modalityLuts: "x00283000",
  lutDescriptor: "x00283002",
  lutData: "x00283006",
  voiLuts: "x00283010",
  frameVoiLuts: "x00289132",
  pixelValueTransformations: "x00289145",
  sharedGroups: "x52009229",
  frameGroups: "x52009230",
  pixelData: "x7fe00010"
} as const;

/** Descriptor and data of a palette's red, green and blue. */
export const palettes = [
  ["x00281101", "x00281201"],
  ["x00281102", "x00281202"],
  ["x00281103", "x00281203"]
] as const;

/** Those that are sequences, which implicit encodings do not say. */
export const sequences: readonly string[] = [
  tags.modalityLuts,
  tags.voiLuts,
  tags.frameVoiLuts,
  tags.pixelValueTransformations,
  tags.sharedGroups,
  tags.frameGroups
];
