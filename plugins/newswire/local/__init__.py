"""Newswire on one machine without anything installed: an embedded Postgres, Airflow's parts, the demo."""
