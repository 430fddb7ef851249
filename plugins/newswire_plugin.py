"""Registers Newswire's page with Airflow: the only file here that Airflow loads as a plugin (see .airflowignore)."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin


class _Page:
    """The page's application, built at the first request: Airflow loads plugins in each of its processes, also where
    a web framework and Newswire's library would only cost time and memory."""

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._app is None:
            from newswire.airflow_page import build

            self._app = build()
        await self._app(scope, receive, send)


class NewswirePlugin(AirflowPlugin):
    """One page, "Newswire", in the navigation of Airflow."""

    name = "newswire"
    fastapi_apps = [{"app": _Page(), "url_prefix": "/newswire", "name": "Newswire"}]  # noqa: RUF012 - Airflow's own form
    external_views = [  # noqa: RUF012
        {"name": "Newswire", "href": "/newswire/", "url_route": "newswire", "destination": "nav", "nav_top_level": True}
    ]
