"""In importlib mode, tests find the modules beside them only if told where they are."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
