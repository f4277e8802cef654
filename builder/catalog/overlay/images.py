"""What is said by hand about layers that prepare or vary images."""

from builder.catalog.entry import Entries, Entry

IMAGE = (4, 4)
UNIT = {"minimum": 0.0, "maximum": 1.0}
SIGNED = {"minimum": -1.0, "maximum": 1.0}
ZOOM = {"minimum": -0.99, "maximum": 1.0}
FINE = ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5")

ENTRIES = Entries(
    {
        "Resizing": Entry(
            "Brings images to one size",
            IMAGE,
            takes_bool=False,
            start={"height": 32, "width": 32},
            params={"interpolation": {"choices": FINE}, "fill_mode": {"choices": ("constant",)}},
        ),
        "CenterCrop": Entry("Keeps the middle of an image", IMAGE, start={"height": 8, "width": 8}),
        "RandomFlip": Entry(
            "Mirrors images at random while training",
            IMAGE,
            start={"mode": "horizontal"},
            params={
                "mode": {"kind": "choice", "choices": ("horizontal", "vertical", "horizontal_and_vertical")}
            },
        ),
        "RandomRotation": Entry("Turns images a little while training", IMAGE, params={"factor": SIGNED}),
        "RandomTranslation": Entry(
            "Shifts images a little while training",
            IMAGE,
            start={"height_factor": 0.1, "width_factor": 0.1},
            params={"height_factor": SIGNED, "width_factor": SIGNED},
        ),
        "RandomZoom": Entry(
            "Zooms images a little while training",
            IMAGE,
            start={"height_factor": 0.1},
            params={"height_factor": ZOOM, "width_factor": ZOOM},
        ),
        "RandomShear": Entry(
            "Slants images a little while training",
            IMAGE,
            start={"x_factor": 0.1, "y_factor": 0.1},
            params={"x_factor": UNIT, "y_factor": UNIT},
        ),
        "RandomPerspective": Entry(
            "Tilts images while training",
            IMAGE,
            shortest=2,
            params={"factor": UNIT, "scale": {**UNIT, "help": "How far corners move."}},
        ),
        "RandomElasticTransform": Entry(
            "Wobbles images while training",
            IMAGE,
            params={"factor": UNIT, "scale": {**UNIT, "help": "How far pixels move."}},
        ),
        "RandomErasing": Entry(
            "Covers a random patch while training",
            IMAGE,
            params={
                "factor": UNIT,
                "scale": {
                    **UNIT,
                    "kind": "json",
                    "holds": "number_or_pair",
                    "help": "Size of the patch, as a share of the image.",
                },
            },
        ),
        "RandomGaussianBlur": Entry(
            "Blurs images while training",
            IMAGE,
            params={
                "kernel_size": {"length": 2},
                "factor": UNIT,
                "sigma": {"kind": "json", "holds": "number_or_pair", "minimum": 0.0, "maximum": 1.0},
            },
        ),
        "RandomBrightness": Entry(
            "Makes images lighter or darker while training",
            IMAGE,
            takes_bool=False,
            params={"factor": SIGNED},
        ),
        "RandomContrast": Entry(
            "Varies contrast while training", IMAGE, takes_whole=False, params={"factor": UNIT}
        ),
        "RandomHue": Entry("Shifts colours while training", IMAGE, channels=(3,), params={"factor": UNIT}),
        "RandomSaturation": Entry(
            "Varies how strong colours are while training",
            IMAGE,
            channels=(3,),
            takes_whole=False,
            params={"factor": UNIT},
        ),
        "RandomSharpness": Entry("Varies sharpness while training", IMAGE, params={"factor": UNIT}),
        "RandomGrayscale": Entry(
            "Takes colour away at random while training",
            IMAGE,
            channels=(1, 3),
            params={"factor": {**UNIT, "kind": "float", "holds": ""}},
        ),
        "RandomInvert": Entry(
            "Turns images negative at random while training", IMAGE, params={"factor": UNIT}
        ),
        "RandomPosterization": Entry(
            "Reduces the number of colours while training",
            IMAGE,
            start={"factor": 4},
            params={"factor": {"kind": "int", "holds": "", "minimum": 1, "maximum": 8}},
        ),
        "RandomColorDegeneration": Entry(
            "Fades colours while training", IMAGE, channels=(3,), params={"factor": UNIT}
        ),
        "RandomColorJitter": Entry(
            "Varies all colours at once while training",
            IMAGE,
            channels=(3,),
            start={
                "brightness_factor": 0.2,
                "contrast_factor": 0.2,
                "saturation_factor": 0.2,
                "hue_factor": 0.2,
            },
            params={
                "brightness_factor": SIGNED,
                "contrast_factor": UNIT,
                "saturation_factor": UNIT,
                "hue_factor": UNIT,
            },
        ),
        "Solarization": Entry(
            "Turns bright parts negative while training",
            IMAGE,
            params={"addition_factor": UNIT, "threshold_factor": UNIT},
        ),
        "AutoContrast": Entry("Stretches contrast to the full range", IMAGE),
        "ContrastLimitedAdaptiveHistogramEqualization": Entry("Evens out brightness, patch by patch", IMAGE),
        "RandAugment": Entry(
            "A random mix of image changes while training", IMAGE, channels=(1, 3), params={"factor": UNIT}
        ),
        "AugMix": Entry(
            "Blends chains of image changes while training",
            IMAGE,
            channels=(1, 3),
            params={"factor": UNIT, "alpha": {"help": "How evenly the chains are blended."}},
        ),
    }
)
