"""Whether a part of Airflow is alive: healthy.py PART. Exit code 0 or 1, and one line that says why.

The api-server knows the heartbeats of all parts, and asking it costs a tenth of a second. Only where it does not answer
does a part look for its own heartbeat with `airflow jobs check`, which costs seconds of processor time.
"""

import http.client
import json
import os
import sys
from urllib.parse import urlsplit

JOBS = {"scheduler": "SchedulerJob", "dag-processor": "DagProcessorJob", "triggerer": "TriggererJob"}


def main(part: str) -> int:
    """Check the part and return the exit code (or become `airflow jobs check`)."""
    # Asked directly: a proxy from the environment is for the outside.
    server = urlsplit(os.environ["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"])
    host = server.hostname if part in JOBS else "127.0.0.1"
    try:
        connection = http.client.HTTPConnection(str(host), server.port or 80, timeout=10)
        connection.request("GET", "/api/v2/monitor/health")
        health = json.load(connection.getresponse())
        name = part.replace("-", "_") if part in JOBS else "metadatabase"
        status = str(health[name]["status"])
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
        if part in JOBS:
            sys.stdout.flush()
            os.execvp("airflow", ["airflow", "jobs", "check", "--local", "--job-type", JOBS[part]])  # noqa: S606, S607
        print(f"the api-server does not answer: {error}")
        return 1
    print(f"{name}: {status}")
    return 0 if status == "healthy" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
