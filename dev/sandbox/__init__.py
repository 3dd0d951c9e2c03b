"""A stand-in for WeChat on the loopback address: one small server the real client code runs against.

Start it with ``python -m dev.sandbox``; tests call :func:`create_sandbox` and :class:`SandboxServer`.
It is a development tool: nothing in the product may import it.
"""

from dev.sandbox.app import create_sandbox
from dev.sandbox.config import SandboxConfig
from dev.sandbox.server import SandboxServer

__all__ = ["SandboxConfig", "SandboxServer", "create_sandbox"]
