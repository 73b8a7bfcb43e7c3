"""Processors, memory and accelerators of this machine."""

from __future__ import annotations

import contextlib
import os
import platform
from typing import Any


def cpu_model() -> str | None:
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as handle:
        for line in handle:
            if line.startswith(("model name", "Model")):
                return line.partition(":")[2].strip()
    return platform.processor() or None


def memory_bytes() -> int | None:
    with contextlib.suppress(ValueError, OSError, AttributeError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return None


def nvml() -> Any:
    """The NVML bindings, ready to use, or None where there is no NVIDIA driver."""
    try:
        import pynvml

        pynvml.nvmlInit()
    except Exception:
        return None
    return pynvml


def gpus() -> dict[str, Any] | None:
    """Driver, CUDA and the devices; None where there is no NVIDIA driver."""
    library = nvml()
    if library is None:
        return None
    try:
        cuda = library.nvmlSystemGetCudaDriverVersion()
        devices = []
        for index in range(library.nvmlDeviceGetCount()):
            handle = library.nvmlDeviceGetHandleByIndex(index)
            devices.append(
                {"name": text(library.nvmlDeviceGetName(handle)), "memory": library.nvmlDeviceGetMemoryInfo(handle).total}
            )
        return {
            "driver": text(library.nvmlSystemGetDriverVersion()),
            "cuda": f"{cuda // 1000}.{cuda % 1000 // 10}",
            "count": len(devices),
            "devices": devices,
        }
    finally:
        with contextlib.suppress(Exception):
            library.nvmlShutdown()


def text(value: Any) -> str:
    """Older NVML bindings answer bytes."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
