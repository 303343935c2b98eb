"""A build uses as many CPUs as it may, and no more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from essay_series.build import workers as room
from essay_series.build.workers import ask_for, processors, workers
from essay_series.config import SettingsError

V1, V2 = "4:cpu,cpuacct:{}\n3:memory:{}\n", "0::{}\n"
QUOTAS = {
    "no control groups": (8, {}),
    "no quota": (8, {"proc/self/cgroup": V2.format("/"), "sys/fs/cgroup/cpu.max": "max 100000\n"}),
    "a container": (2, {"proc/self/cgroup": V2.format("/"), "sys/fs/cgroup/cpu.max": "200000 100000\n"}),
    "one and a half": (2, {"proc/self/cgroup": V2.format("/"), "sys/fs/cgroup/cpu.max": "150000 100000\n"}),
    "a tenth": (1, {"proc/self/cgroup": V2.format("/"), "sys/fs/cgroup/cpu.max": "10000 100000\n"}),
    "more than there are": (8, {"proc/self/cgroup": V2.format("/"), "sys/fs/cgroup/cpu.max": "1600000 100000\n"}),
    "a group around it": (
        3,
        {
            "proc/self/cgroup": V2.format("/a.slice/b.service"),
            "sys/fs/cgroup/a.slice/cpu.max": "300000 100000\n",
            "sys/fs/cgroup/a.slice/b.service/cpu.max": "400000 100000\n",
        },
    ),
    "version 1": (
        2,
        {
            "proc/self/cgroup": V1.format("/docker/a", "/docker/a"),
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        },
    ),
    "version 1, no quota": (
        8,
        {
            "proc/self/cgroup": V1.format("/", "/"),
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        },
    ),
}


@pytest.fixture
def eight(monkeypatch):
    """Provide eight CPUs, and no configuration."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(room, "_configured", 0)


@pytest.mark.usefixtures("eight")
@pytest.mark.parametrize("which", QUOTAS)
def test_a_cpu_quota_limits_the_workers(which, tmp_path):
    """The CPU quota of the control group or a parent is respected, in both versions."""
    expected, files = QUOTAS[which]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert processors(Path(tmp_path)) == expected


@pytest.mark.usefixtures("eight")
@pytest.mark.parametrize(
    ("setting", "environment", "expected"),
    [
        (0, {}, None),
        (3, {}, 3),
        (3, {"BUILD_WORKERS": "2"}, 2),
        (3, {"BUILD_WORKERS": ""}, 3),
        (3, {"BUILD_WORKERS": "0"}, None),
    ],
)
def test_the_number_of_workers_can_be_configured(setting, environment, expected):
    """The environment variable overrides the setting; without either there is one worker per CPU."""
    ask_for(setting, environment)
    assert workers() == (expected or processors())


@pytest.mark.usefixtures("eight")
@pytest.mark.parametrize("said", ["two", "-1", "1.5", "²"])
def test_a_value_that_is_not_a_number_of_processes_is_refused(said):
    """The message names the setting, the value and the values that are allowed."""
    with pytest.raises(SettingsError, match=f'BUILD_WORKERS: "{said}" is not a number of processes; use 1 or more'):
        ask_for(said, {})


def test_an_invalid_number_ends_a_build_with_one_line(site):
    """An invalid setting ends the build without a traceback; the environment variable overrides it."""
    site.essay("one").settings = "BUILD_WORKERS = 'many'\n"
    done = site.build()
    assert done.code == 1
    assert "BUILD_WORKERS" in done.said
    assert "Traceback" not in done.said
    site.settings, site.environment = "", {"BUILD_WORKERS": "2"}
    assert site.build().code == 0
