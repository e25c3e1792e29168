"""What the product's processes load, each when it needs it. What is forked from one that has this is there at once."""

# ruff: noqa: F401 (they are loaded, not used)
from __future__ import annotations

import granian.cli
import granian.server

import questionnaire.cli.run
import questionnaire.cli.worker
import questionnaire.demo.site
import questionnaire.jobs.worker
import questionnaire.web.server
import tests.proof.running
