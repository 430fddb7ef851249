"""`python -m newswire` is the command line."""

import sys

from newswire.cli import main

sys.exit(main())
