#!/usr/bin/env python3
"""Draws icon.png, 128 x 128: a user's way that forks into two variants. Writes it beside this file."""
import os
import struct
import zlib

SIZE, SAMPLES = 128, 4
BACKGROUND, LINE, BLUE, GREEN = (24, 32, 56), (226, 232, 240), (56, 132, 255), (52, 199, 120)
CORNER = 24


def segment(x, y, x1, y1, x2, y2):
    """Squared distance of a point from a line segment."""
    dx, dy = x2 - x1, y2 - y1
    t = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return (x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2


def color(x, y):
    cx, cy = max(CORNER - x, x - SIZE + CORNER, 0), max(CORNER - y, y - SIZE + CORNER, 0)
    if cx * cx + cy * cy > CORNER * CORNER:
        return (0, 0, 0, 0)
    for center, fill in (((98, 38), BLUE), ((98, 90), GREEN), ((28, 64), LINE)):
        if (x - center[0]) ** 2 + (y - center[1]) ** 2 <= 14 ** 2:
            return (*fill, 255)
    if min(segment(x, y, 28, 64, 54, 64), segment(x, y, 54, 64, 98, 38), segment(x, y, 54, 64, 98, 90)) <= 4 ** 2:
        return (*LINE, 255)
    return (*BACKGROUND, 255)


def pixel(px, py):
    points = [color(px + (i + 0.5) / SAMPLES, py + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    alpha = sum(p[3] for p in points)
    return [round(sum(p[c] * p[3] for p in points) / alpha) if alpha else 0 for c in range(3)] + [round(alpha / len(points))]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + bytes(v for x in range(SIZE) for v in pixel(x, y)) for y in range(SIZE))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "icon.png"), "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
               + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
