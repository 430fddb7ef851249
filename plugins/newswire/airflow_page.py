"""The overview inside Airflow: a FastAPI application for signed-in users only.

Airflow mounts a plugin's application without any authentication, so every route here depends on Airflow's own check of
the session. The application has no other routes: no documentation pages, no schema.
"""

from __future__ import annotations

import logging

import psycopg2
from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
from airflow.api_fastapi.core_api.security import requires_access_view
from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds for which a page waits for a database that is away."""

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build() -> FastAPI:
    """The application with its one page."""
    app = FastAPI(
        title="Newswire",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # For every route, so that a later one cannot be forgotten. WEBSITE is what Airflow asks for its own pages.
        dependencies=[Depends(requires_access_view(AccessView.WEBSITE))],
    )
    app.add_api_route("/", overview_page, methods=["GET"], response_class=HTMLResponse)
    return app


def overview_page() -> Response:
    """The overview. A plain function, so that Starlette runs it in a thread beside Airflow's loop."""
    from newswire.config import ConfigError, load, require_database
    from newswire.overview import policy, read, render
    from newswire.storage import Database, DatabaseUnreachableError

    headers = {**HEADERS, "Content-Security-Policy": policy()}
    try:
        settings = load()
        url = require_database(settings)
        with Database(url, settings.sql_dir, patience=PATIENCE, application="newswire-page") as database:
            return HTMLResponse(render(read(database)), headers=headers)
    except (ConfigError, DatabaseUnreachableError) as error:
        return PlainTextResponse(f"Newswire: {error}", status_code=503, headers=headers)
    except psycopg2.errors.UndefinedTable:
        return PlainTextResponse("Newswire: the database is not migrated; run 'newswire migrate'", 503, headers=headers)
