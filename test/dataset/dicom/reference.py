"""What pydicom makes of DICOM files: those that it ships, and those that it writes here. Usage: reference.py FOLDER"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pydicom
from pydicom import pixels
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    RLELossless,
)

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
index = []


def decoded(ds, raw):
    """The first frame, by whichever plugin knows it."""
    failure = None
    for plugin in ("pydicom", "pylibjpeg", "pillow"):
        try:
            return pixels.pixel_array(ds, index=0, raw=raw, decoding_plugin=plugin)
        except Exception as error:
            failure = error
    raise failure


def shown(ds, values):
    """Grey levels from 0 to 255 by the file's own window or table; None where it has none."""
    if "WindowWidth" not in ds and "VOILUTSequence" not in ds:
        return None
    measured = pixels.apply_modality_lut(values, ds)
    levels = np.asarray(pixels.apply_voi_lut(measured, ds), dtype=np.float64)
    if "VOILUTSequence" in ds:
        low, high = 0, 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    else:
        low, high = pixels.apply_windowing(np.array([-1e9, 1e9]), ds)
    levels = (levels - low) / (high - low) * 255
    return 255 - levels if ds.PhotometricInterpretation == "MONOCHROME1" else levels


def record(name, path):
    ds = pydicom.dcmread(path)
    entry = {"name": name, "path": str(path)}
    is_grey = ds.get("PhotometricInterpretation", "").startswith("MONOCHROME")
    try:
        values = decoded(ds, raw=is_grey or ds.PhotometricInterpretation == "PALETTE COLOR")
        if ds.PhotometricInterpretation == "PALETTE COLOR":
            values = pixels.apply_color_lut(values, ds)
            values = values // 257 if values.dtype == np.uint16 else values
        values.astype("<i4").tofile(folder / f"{name}.values")
        entry["values"] = str(folder / f"{name}.values")
        levels = shown(ds, values) if is_grey else None
        if levels is not None:
            levels.astype("<f4").tofile(folder / f"{name}.grey")
            entry["grey"] = str(folder / f"{name}.grey")
    except Exception as error:
        entry["failure"] = f"{type(error).__name__}: {error}".split("\n")[0]
    index.append(entry)


def radiograph(values, bits, **attributes):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, "1.2.3"
    ds.PatientName, ds.Modality = "Doe^Jane", "DX"
    ds.Rows, ds.Columns = values.shape
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated = 8 if bits == 8 else 16
    ds.BitsStored, ds.HighBit = bits, bits - 1
    ds.PixelRepresentation = int(values.min() < 0)
    for name, value in attributes.items():
        setattr(ds, name, value)
    return ds


def save(name, ds, values, syntax=ExplicitVRLittleEndian):
    is_big = syntax == ExplicitVRBigEndian
    kind = ("i" if ds.PixelRepresentation else "u") + str(ds.BitsAllocated // 8)
    data = values.astype((">" if is_big else "<") + kind).tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OW" if ds.BitsAllocated == 16 else "OB"
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian if syntax == RLELossless else syntax
    if syntax == RLELossless:
        ds.compress(RLELossless, encoding_plugin="pydicom")
    path = folder / f"{name}.dcm"
    ds.save_as(path, enforce_file_format=True, little_endian=not is_big, implicit_vr=syntax == ImplicitVRLittleEndian)
    record(name, path)


def table(entries, first, bits):
    item = Dataset()
    item.LUTDescriptor, item.LUTData = [len(entries), first, bits], list(entries)
    item["LUTDescriptor"].VR, item["LUTData"].VR = "US" if first >= 0 else "SS", "US"
    return Sequence([item])


rng = np.random.default_rng(1)


def scene(bits, signed=False, shape=(45, 61)):
    top = 2**bits - 1
    values = (np.linspace(0, top, shape[0] * shape[1]) + rng.normal(0, top / 50, shape[0] * shape[1])).clip(0, top)
    return values.reshape(shape).astype(np.int32) - (2 ** (bits - 1) if signed else 0)


def write_own():
    for bits in (8, 10, 12, 14, 16):
        for signed in (False, True):
            values = scene(bits, signed)
            for kind in ("MONOCHROME1", "MONOCHROME2"):
                middle, width = values.mean() + 2**bits / 10, 2**bits / 2
                ds = radiograph(values, bits, PhotometricInterpretation=kind, WindowCenter=round(middle), WindowWidth=round(width))
                save(f"{bits}-{'signed' if signed else 'unsigned'}-{kind}", ds, values)
    values = scene(12)
    for name, syntax in {
        "implicit": ImplicitVRLittleEndian,
        "big": ExplicitVRBigEndian,
        "deflated": DeflatedExplicitVRLittleEndian,
        "rle": RLELossless,
    }.items():
        save(name, radiograph(values, 12, WindowCenter=2000, WindowWidth=1500), values, syntax)
        bytes_ = scene(8)
        save(f"{name}-8", radiograph(bytes_, 8, WindowCenter=100, WindowWidth=150), bytes_, syntax)
    window = {"WindowCenter": [300, 5], "WindowWidth": [1200, 7], "RescaleSlope": "0.5", "RescaleIntercept": "-200"}
    for function in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
        save(f"function-{function}", radiograph(values, 12, VOILUTFunction=function, **window), values)
    curve = [round(4095 * (i / 1023) ** 0.5) for i in range(1024)]
    voi = table(curve, 1000, 12)
    save("voi-table", radiograph(values, 12, VOILUTSequence=voi), values)
    save("voi-table-implicit", radiograph(values, 12, VOILUTSequence=voi), values, ImplicitVRLittleEndian)
    save("voi-table-big", radiograph(values, 12, VOILUTSequence=voi), values, ExplicitVRBigEndian)
    modality = table([3 * i for i in range(4096)], 0, 16)
    for item in modality:
        item.ModalityLUTType = "US"
    save("modality-table", radiograph(values, 12, ModalityLUTSequence=modality, WindowCenter=6000, WindowWidth=5000), values)
    signed = scene(12, True)
    save("voi-table-signed", radiograph(signed, 12, VOILUTSequence=table(curve, -500, 12)), signed)


def transcode():
    """Files of syntaxes that only GDCM writes."""
    import gdcm

    for name in ("JPEGLosslessProcess14", "JPEGLosslessProcess14_1", "JPEGLSLossless", "JPEG2000Lossless", "JPEG2000", "JPEGBaselineProcess1"):
        for source in ("8-unsigned-MONOCHROME2", "12-unsigned-MONOCHROME1", "16-signed-MONOCHROME2"):
            if name == "JPEGBaselineProcess1" and not source.startswith("8"):
                continue
            reader = gdcm.ImageReader()
            reader.SetFileName(str(folder / f"{source}.dcm"))
            reader.Read()
            change = gdcm.ImageChangeTransferSyntax()
            change.SetTransferSyntax(gdcm.TransferSyntax(getattr(gdcm.TransferSyntax, name)))
            change.SetInput(reader.GetImage())
            if not change.Change():
                continue
            writer = gdcm.ImageWriter()
            path = folder / f"{name}-{source}.dcm"
            writer.SetFileName(str(path))
            writer.SetFile(reader.GetFile())
            writer.SetImage(change.GetOutput())
            writer.Write()
            record(path.stem, path)


shipped = Path(pydicom.__file__).parent / "data" / "test_files"
for path in sorted([*shipped.glob("*.dcm"), *shipped.glob("dicomdirtests/77654033/*/*")]):
    try:
        has_pixels = "PixelData" in pydicom.dcmread(path)
    except Exception:
        has_pixels = False
    if has_pixels:
        record("-".join(path.parts[-2:]), path)
write_own()
try:
    transcode()
except ImportError:
    pass
(folder / "index.json").write_text(json.dumps(index))
