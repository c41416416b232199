"""Contact sheets: pictures in a grid with their prompts underneath."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

LABEL = 26


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """float [3, H, W] in -1..1 (clamped here) to uint8 [H, W, 3]."""
    return np.round((np.clip(picture, -1, 1) + 1) * 127.5).astype(np.uint8).transpose(1, 2, 0)


def write_sheet(path: Path, pictures: list[np.ndarray], labels: list[str], columns: int = 8) -> None:
    """Writes a PNG of equal pictures uint8 [H, W, 3]."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + 4), rows * (height + LABEL)), "white")
    draw = ImageDraw.Draw(sheet)
    for index, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        row, column = divmod(index, columns)
        x, y = column * (width + 4), row * (height + LABEL)
        sheet.paste(Image.fromarray(picture), (x, y))
        half = label.rfind(" ", 0, 24) if len(label) > 22 else -1
        lines = [label] if half < 0 else [label[:half], label[half + 1 :]]
        draw.text((x + 2, y + height), "\n".join(lines)[:60], fill="black", spacing=0)
    sheet.save(path)
