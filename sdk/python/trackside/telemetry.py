"""Samples this machine: names and units are in protocol/agent.md. A device that is absent has no key."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from typing import Any

from .hardware import nvml


def pause_after(age: float) -> float:
    """Seconds between samples of a run that is `age` seconds old: dense at first, when somebody watches."""
    return 1.0 if age < 120 else 2.0 if age < 3600 else 5.0


class Sampler:
    """Rates (bytes/s, % of a core) are since the last sample, so the first one has none."""

    def __init__(self, folder: str) -> None:
        import psutil

        self._psutil = psutil
        self._folder = folder
        self._nvml = nvml()
        self._before: dict[str, tuple[float, float]] = {}
        self._families: dict[int, Any] = {}
        self._found: dict[str, float] = {}
        psutil.cpu_percent()

    def machine(self) -> dict[str, float]:
        """CPU, memory, disk, network and accelerators."""
        self._found = {}
        for part in (self._cpu, self._memory, self._disk, self._network, self._gpus):
            with contextlib.suppress(Exception):  # a counter that fails is absent, the others stay
                part()
        return self._found

    def _cpu(self) -> None:
        if self._before:
            self._found["system/cpu.util"] = self._psutil.cpu_percent()
        self._found["system/cpu.load"] = self._psutil.getloadavg()[0]

    def _memory(self) -> None:
        memory = self._psutil.virtual_memory()
        self._found["system/memory.used"] = memory.total - memory.available
        self._found["system/memory.util"] = memory.percent

    def _disk(self) -> None:
        usage = self._psutil.disk_usage(self._folder)
        self._found["system/disk.used"] = usage.used
        self._found["system/disk.util"] = usage.percent
        counters = self._psutil.disk_io_counters()
        if counters is not None:
            self._rate("system/disk.read", counters.read_bytes)
            self._rate("system/disk.write", counters.write_bytes)

    def _network(self) -> None:
        received = sent = 0
        for name, counters in self._psutil.net_io_counters(pernic=True).items():
            if not name.startswith("lo"):
                received += counters.bytes_recv
                sent += counters.bytes_sent
        self._rate("system/network.in", received)
        self._rate("system/network.out", sent)

    def _rate(self, key: str, count: float) -> None:
        now = time.monotonic()
        before = self._before.get(key)
        self._before[key] = (now, count)
        if before is not None and now > before[0] and count >= before[1]:
            self._found[key] = (count - before[1]) / (now - before[0])

    def _gpus(self) -> None:
        library = self._nvml
        if library is None:
            return
        for index in range(library.nvmlDeviceGetCount()):
            handle = library.nvmlDeviceGetHandleByIndex(index)
            name = f"system/gpu.{index}"
            with contextlib.suppress(Exception):
                self._found[f"{name}.util"] = library.nvmlDeviceGetUtilizationRates(handle).gpu
            with contextlib.suppress(Exception):
                memory = library.nvmlDeviceGetMemoryInfo(handle)
                self._found[f"{name}.memory"] = memory.used
                self._found[f"{name}.memory_util"] = 100 * memory.used / memory.total
            with contextlib.suppress(Exception):
                self._found[f"{name}.power"] = library.nvmlDeviceGetPowerUsage(handle) / 1000
            with contextlib.suppress(Exception):
                self._found[f"{name}.temp"] = library.nvmlDeviceGetTemperature(handle, library.NVML_TEMPERATURE_GPU)

    def process(self, pid: int) -> dict[str, float]:
        """A training and its children: % of one core, bytes resident, threads, bytes on each GPU."""
        psutil = self._psutil
        found: dict[str, float] = {}
        with contextlib.suppress(psutil.Error):
            root = self._families.get(pid)
            if root is None:
                root = self._families[pid] = psutil.Process(pid)
            family = [root, *root.children(recursive=True)]
            cpu = memory = threads = 0.0
            for member in family:
                with contextlib.suppress(psutil.Error), member.oneshot():
                    times = member.cpu_times()
                    cpu += times.user + times.system
                    memory += member.memory_info().rss
                    threads += member.num_threads()
            found = {"system/process.memory": memory, "system/process.threads": threads}
            self._found = found
            self._cpu_rate(pid, cpu)
            with contextlib.suppress(Exception):
                self._gpu_memory({member.pid for member in family}, found)
        return found

    def _cpu_rate(self, pid: int, seconds: float) -> None:
        key = "system/process.cpu"
        before = self._before.get(f"{key} {pid}")
        self._before[f"{key} {pid}"] = now, _ = (time.monotonic(), seconds)
        if before is not None and now > before[0]:
            self._found[key] = 100 * max(0.0, seconds - before[1]) / (now - before[0])

    def _gpu_memory(self, family: Iterable[int], found: dict[str, float]) -> None:
        library = self._nvml
        if library is None:
            return
        for index in range(library.nvmlDeviceGetCount()):
            handle = library.nvmlDeviceGetHandleByIndex(index)
            used = [
                process.usedGpuMemory
                for process in library.nvmlDeviceGetComputeRunningProcesses(handle)
                if process.pid in family and process.usedGpuMemory is not None
            ]
            if used:
                found[f"system/gpu.{index}.process_memory"] = sum(used)
