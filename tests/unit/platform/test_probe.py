import os
import subprocess
from pathlib import Path

import pytest

from spink.probe import a_name_it_answers_to, process_is_alive


@pytest.mark.parametrize(
    ("allowed", "name"),
    [
        ("spink.example", "spink.example"),
        ("spink.example,other.example", "spink.example"),
        (" .spink.example", "spink.example"),
        ("*", "localhost"),
    ],
)
def test_web_server_is_asked_by_a_name_it_answers_to(allowed: str, name: str) -> None:
    assert a_name_it_answers_to(allowed) == name


def test_process_is_alive_until_it_is_not(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(f"{os.getpid()}\n")
    assert process_is_alive(pid_file)
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    pid_file.write_text(str(ended.pid))
    with pytest.raises(ProcessLookupError):
        process_is_alive(pid_file)
