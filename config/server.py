"""The web server around the application: sockets first, then start, serve, stop."""

import asyncio
import contextlib
import resource
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

import uvicorn
import uvloop

from config import collector
from config.asgi import asgi_app
from config.handshake import Http, WebSocket
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from config.wiring import Application

FRAME_BYTES = 65_536
BACKLOG = 4_096
GRACE_SECONDS = 5
Ready = Callable[[Application], None]


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything heavy is done; raise `CannotStart` when it is taken."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise CannotStart(ExitCode.PORT_TAKEN, f"there is no host {host}; set HUB_HOST") from None
    taken = socket.socket(family, kind)
    # As servers do: an address whose last connections still fade is free.
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise CannotStart(
            ExitCode.PORT_TAKEN,
            f"{host}:{port} cannot be used ({error.strerror}): "
            "stop what listens there, or choose another port, such as HUB_PORT=8100",
        ) from None
    return taken


async def serve(
    settings: Settings, make: Callable[[], Awaitable[Application]], *, ready: Ready | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told once customers are taken."""
    _raise_file_limit()
    with listen(settings.host, settings.port) as taken:
        application = await make()
        try:
            await application.start()
            collector.keep_what_there_is()
            server = Server(_server_config(settings, application), application, ready)
            application.request_stop = server.request_stop
            await server.serve(sockets=[taken])
        finally:
            await application.stop()


class Server(uvicorn.Server):
    """uvicorn that leaves signals to us: it would end the process before the store is closed."""

    def __init__(
        self, config: uvicorn.Config, application: Application, ready: Ready | None
    ) -> None:
        super().__init__(config)
        self._application = application
        self._ready = ready

    def request_stop(self) -> None:
        """Stop soon, in order."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self._ready is not None:
            self._ready(self._application)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the sockets, after those who use them from inside."""
        await self._application.leave()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as a wish to stop; the second one hurries."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


def _server_config(settings: Settings, application: Application) -> uvicorn.Config:
    return uvicorn.Config(
        asgi_app(application),
        lifespan="off",  # started before the first byte is accepted, stopped after the last
        http=Http,
        ws=WebSocket,
        # Compression costs 36 KiB a socket and most frames are smaller than its gain.
        ws_per_message_deflate=False,
        ws_max_size=FRAME_BYTES,
        backlog=BACKLOG,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _raise_file_limit() -> None:
    """Every socket is a file; the usual 1,024 would end at a thousand visitors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
