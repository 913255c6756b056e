"""Settings of the tests: data of their own, never the developer's `var/`.

The environment is set before the product's settings are read. The database is SQLite unless
`DATABASE_URL` names another one. Programs that tests start get the product's own settings, with
this data directory unless they are given another.
"""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="tiepdan-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("TIEPDAN_")]:
    del os.environ[_name]
os.environ["TIEPDAN_DATA_DIR"] = _DATA
os.environ["TIEPDAN_CLAMAV"] = ""  # never the machine's own scanner
os.environ["TIEPDAN_STATIC_MANIFEST"] = "0"  # hashed names need a collectstatic first

from tiepdan.config.settings import *  # noqa: E402, F403

os.environ["DJANGO_SETTINGS_MODULE"] = "tiepdan.config.settings"
