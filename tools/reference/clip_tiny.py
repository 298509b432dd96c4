"""Tiny random CLIP checkpoints as Hugging Face transformers writes them, with the embeddings it computes.

Writes tests/data/nn/clip_tiny_{legacy,current}/: config.json, model.safetensors, vocab.json, merges.txt and
expected.safetensors. "legacy" has quick_gelu, the eos_token_id 2 of early checkpoints;
"current" has gelu, bf16 weights and the true eos_token_id.   (see minilm.py for the Python environment)
"""
import json
import pathlib

import numpy
import torch
from PIL import Image
from safetensors.numpy import save_file
from safetensors.torch import load_file, save_file as save_torch
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer

from clip_tokenizer import bytes_to_unicode

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests/data/nn"
MEAN = numpy.array([0.48145466, 0.4578275, 0.40821073], numpy.float32)
DEVIATION = numpy.array([0.26862954, 0.26130258, 0.27577711], numpy.float32)
MERGES = [("r", "e"), ("re", "d</w>"), ("d", "re"), ("s", "s</w>"), ("dre", "ss</w>"), ("a", "n"), ("i", "n")]
TEXTS = ["a red dress", "", "Running shoes, size 42!", "red " * 60]
IMAGE_SIZES = [(32, 32), (57, 40), (20, 91), (8, 8), (300, 301)]


def photo(width, height):
    """As synthetic_photo() in src/nn/clip_test.cpp."""
    y, x = numpy.mgrid[0:height, 0:width]
    planes = [(x * 7 + y * 3) % 256, (x * y) % 256, numpy.where((x // 5 + y // 5) % 2 == 0, 220, 35)]
    return numpy.stack(planes, -1).astype(numpy.uint8)


def preprocess(pixels, side):
    """The documented steps: shortest side by Pillow's bicubic, centre crop, mean and deviation."""
    height, width = pixels.shape[:2]
    shortest = min(height, width)
    height, width = side * height // shortest, side * width // shortest
    resized = numpy.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC))
    top, left = (height - side) // 2, (width - side) // 2
    cropped = resized[top:top + side, left:left + side].astype(numpy.float32) / 255
    return torch.from_numpy(((cropped - MEAN) / DEVIATION).transpose(2, 0, 1).copy())


def tower(width, heads, layers, activation):
    return {"hidden_size": width, "intermediate_size": width * 2, "num_hidden_layers": layers,
            "num_attention_heads": heads, "hidden_act": activation}


def make(name, text, vision, projection, legacy_eos, dtype):
    symbols = bytes_to_unicode()
    symbols += [symbol + "</w>" for symbol in symbols] + ["".join(merge) for merge in MERGES]
    symbols += ["<|startoftext|>", "<|endoftext|>"]
    vocab = {symbol: i for i, symbol in enumerate(symbols)}
    tokenizer = CLIPTokenizer(vocab=vocab, merges=MERGES)
    eos = 2 if legacy_eos else vocab["<|endoftext|>"]
    text = text | {"vocab_size": len(vocab), "max_position_embeddings": 24, "eos_token_id": eos,
                   "bos_token_id": vocab["<|startoftext|>"], "pad_token_id": 1}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=projection)

    torch.manual_seed(7)
    model = CLIPModel(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():  # HF's initial values are too small to tell a bug from noise
            if parameter.dim() > 0:
                parameter.copy_((parameter + 0.2 * torch.randn_like(parameter)).to(dtype).float())

    directory = OUT / f"clip_tiny_{name}"
    directory.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(directory)
    for leftover in directory.glob("generation_config.json"):
        leftover.unlink()
    weights = load_file(directory / "model.safetensors")
    save_torch({k: v.to(dtype) if v.dim() > 0 and v.is_floating_point() else v for k, v in weights.items()},
               directory / "model.safetensors", metadata={"format": "pt"})
    (directory / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False, separators=(",", ":")))
    (directory / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in MERGES))

    with torch.no_grad():
        texts = []
        for row in TEXTS:
            ids = torch.tensor([tokenizer(row, truncation=True, max_length=24)["input_ids"]])
            pooled = model.text_model(input_ids=ids).pooler_output
            texts.append(torch.nn.functional.normalize(model.text_projection(pooled))[0])
        pixels = torch.stack([preprocess(photo(*size), model.config.vision_config.image_size)
                              for size in IMAGE_SIZES])
        images = torch.nn.functional.normalize(model.visual_projection(model.vision_model(pixels).pooler_output))
    save_file({"texts": torch.stack(texts).numpy(), "images": images.numpy(), "pixels": pixels[1].numpy()},
              directory / "expected.safetensors")
    for path in directory.iterdir():
        path.chmod(0o644)


def main():
    make("legacy", tower(24, 3, 2, "quick_gelu"), tower(32, 4, 2, "quick_gelu") | {"image_size": 32, "patch_size": 8},
         projection=20, legacy_eos=True, dtype=torch.float16)
    make("current", tower(20, 2, 1, "gelu"), tower(16, 2, 3, "gelu") | {"image_size": 28, "patch_size": 14},
         projection=16, legacy_eos=False, dtype=torch.bfloat16)


if __name__ == "__main__":
    main()
