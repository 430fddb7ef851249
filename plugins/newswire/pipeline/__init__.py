"""The stations of the journey, each claiming its work from Postgres and handing it on:

plan → poll → fetch → extract → classify → group → report

A station may be run by any number of workers at once, and may die at any instruction: what it held is taken over when
its lease runs out, and nothing is lost or doubled.
"""
