"""Trains the pocket model. ONNX Runtime, where a stage loads it, is told first to tell nobody anything."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
