"""Writes trained weights as the reader's files: int8 ONNX, tokenizer, decoding settings.

python training/export.py build/reader --out src/detente/reading/weights
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from base import base_model
from model import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

DECODING = {"outer": 0.0, "inner": 0.0, "demand": 0.0, "promise": 0.0, "event": 0.0, "meeting": 0.0}


def main() -> None:
    """Exports the weights of a training run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="folder that train_reader.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", action="store_true", help="keep 32-bit weights, to compare")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    net = Encoder()
    net.load_state_dict(torch.load(arguments.run / "reader.pt"))
    net.eval()
    with tempfile.TemporaryDirectory() as work:
        exact = Path(work) / "exact.onnx"
        _to_onnx(net, exact)
        if arguments.full:
            shutil.copy(exact, arguments.out / "reader.onnx")
        else:
            _to_int8(exact, Path(work) / "prepared.onnx", arguments.out / "reader.onnx")
    shutil.copy(base_model().tokenizer_file, arguments.out / "tokenizer.json")
    settings = arguments.out / "decoding.json"
    if not settings.exists():
        settings.write_text(json.dumps(DECODING, indent=1) + "\n", encoding="utf-8")
    print(f"{(arguments.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


def _to_onnx(net: Encoder, path: Path) -> None:
    ids = torch.randint(1000, 30000, (3, 77))
    batch, length = torch.export.Dim("batch", min=1, max=64), torch.export.Dim("length", min=2, max=512)
    shape = {0: batch, 1: length}
    torch.onnx.export(
        net,
        (ids, torch.zeros_like(ids)),
        str(path),
        input_names=["ids", "looks"],
        output_names=["columns", "links"],
        dynamic_shapes={"ids": shape, "looks": shape},
        dynamo=True,
        external_data=False,
    )


def _to_int8(exact: Path, prepared: Path, out: Path) -> None:
    """Matrix products and embeddings in 8 bits, scales by channel; activations are scaled as they come."""
    quant_pre_process(str(exact), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(out),
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True},
    )


if __name__ == "__main__":
    main()
