"""What a machine tells of itself. There is no GPU where these tests run: a stand-in with NVML's functions has two."""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from trackside.hardware import gpus
from trackside.telemetry import Sampler, pause_after


class Gone(Exception):
    pass


def nvml_of(devices: list[dict[str, Any]]) -> types.ModuleType:
    """A device that lacks a figure raises, as NVML does."""
    module = types.ModuleType("pynvml")

    def figure(name: str) -> Any:
        def read(handle: dict[str, Any], *_: Any) -> Any:
            if name not in handle:
                raise Gone("Not Supported")
            return handle[name]

        return read

    record = types.SimpleNamespace
    module.NVML_TEMPERATURE_GPU = 0
    module.nvmlInit = module.nvmlShutdown = lambda: None
    module.nvmlSystemGetCudaDriverVersion = lambda: 12040
    module.nvmlSystemGetDriverVersion = lambda: b"550.1"
    module.nvmlDeviceGetCount = lambda: len(devices)
    module.nvmlDeviceGetHandleByIndex = lambda index: devices[index]
    module.nvmlDeviceGetName = lambda handle: b"Test GPU"
    module.nvmlDeviceGetMemoryInfo = lambda handle: record(used=handle["used"], total=1000)
    module.nvmlDeviceGetUtilizationRates = lambda handle: record(gpu=figure("util")(handle))
    module.nvmlDeviceGetPowerUsage = figure("power")
    module.nvmlDeviceGetTemperature = figure("temp")
    module.nvmlDeviceGetComputeRunningProcesses = lambda handle: [
        record(pid=pid, usedGpuMemory=memory) for pid, memory in handle.get("processes", [])
    ]
    return module


def test_the_machine_and_the_process_are_sampled(tmp_path: Path) -> None:
    sampler = Sampler(str(tmp_path))
    first = {**sampler.machine(), **sampler.process(os.getpid())}
    sum(i * i for i in range(300_000))
    second = {**sampler.machine(), **sampler.process(os.getpid())}
    for name in ("cpu.load", "memory.used", "memory.util", "disk.used", "disk.util", "process.memory", "process.threads"):
        assert f"system/{name}" in first
    for name in ("cpu.util", "network.in", "network.out", "process.cpu"):
        assert f"system/{name}" not in first and second[f"system/{name}"] >= 0
    assert 0 < second["system/memory.util"] <= 100 and 1e6 < second["system/process.memory"] < 1e11
    assert not any("gpu" in name for name in second)


def test_a_gpu_tells_what_it_knows_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = {"util": 97, "used": 250, "power": 312_500, "temp": 61, "processes": [(os.getpid(), 200), (1, 50)]}
    poor = {"used": 10}
    monkeypatch.setitem(sys.modules, "pynvml", nvml_of([full, poor]))
    sampler = Sampler(str(tmp_path))
    sample = {**sampler.machine(), **sampler.process(os.getpid())}
    assert {name: value for name, value in sample.items() if "gpu" in name} == {
        "system/gpu.0.util": 97,
        "system/gpu.0.memory": 250,
        "system/gpu.0.memory_util": 25.0,
        "system/gpu.0.power": 312.5,
        "system/gpu.0.temp": 61,
        "system/gpu.0.process_memory": 200,
        "system/gpu.1.memory": 10,
        "system/gpu.1.memory_util": 1.0,
    }
    found = gpus()
    assert found == {"driver": "550.1", "cuda": "12.4", "count": 2, "devices": [{"name": "Test GPU", "memory": 1000}] * 2}


def test_samples_thin_out_as_a_run_gets_old() -> None:
    assert [pause_after(age) for age in (0, 119, 120, 3599, 3600, 1e6)] == [1.0, 1.0, 2.0, 2.0, 5.0, 5.0]
