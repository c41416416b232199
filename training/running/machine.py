"""Where and how a stage runs: device, threads, half precision, and a clock that ignores pauses."""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch

LONGEST_STEP_SECONDS = 20.0


@dataclass(frozen=True)
class Machine:
    device: torch.device

    @property
    def is_gpu(self) -> bool:
        return self.device.type == "cuda"

    def half(self) -> AbstractContextManager:
        """bfloat16 autocast where the device computes in it; parameters stay float32.

        A processor without AVX-512 emulates bfloat16 at a thirtieth of its float32 rate, so it stays in float32.
        """
        computes = self.is_gpu or "AVX512" in torch.backends.cpu.get_cpu_capability()
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=computes)


def find_machine(device: str = "auto", threads: int | None = None) -> Machine:
    """`auto` takes a GPU where one answers. On a CPU one thread by default: these machines are shared."""
    chosen = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    if chosen == "cpu":
        torch.set_num_threads(threads or int(os.environ.get("OMP_NUM_THREADS", "1")))
    else:
        torch.backends.cuda.matmul.allow_tf32 = True
        torch.backends.cudnn.allow_tf32 = True
        torch.backends.cudnn.benchmark = True
    return Machine(torch.device(chosen))


class ActiveClock:
    """Seconds of work since the start. A gap longer than any step (the process was stopped) counts as one longest step."""

    def __init__(self, minutes: float, spent: float = 0.0) -> None:
        self.limit = minutes * 60
        self.run = 0.0
        self.total = spent
        self._last = time.monotonic()

    def tick(self) -> float:
        """Adds the time since the last tick and returns the seconds of this run."""
        now = time.monotonic()
        step = min(now - self._last, LONGEST_STEP_SECONDS)
        self._last = now
        self.run += step
        self.total += step
        return self.run

    def is_over(self) -> bool:
        return self.tick() >= self.limit

    def steps(self) -> Iterator[None]:
        """Until the time is over, but once at least."""
        while True:
            yield
            if self.is_over():
                return

    @property
    def progress(self) -> float:
        """Share of this run's time that is used, 0..1."""
        return min(self.run / self.limit, 1.0)
