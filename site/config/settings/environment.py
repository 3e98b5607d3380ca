"""Where the settings read the environment, and where the project lies."""

from pathlib import Path
from typing import Any

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[3]

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))


def prepared(database: dict[str, Any]) -> dict[str, Any]:
    """A database that may prepare statements, where it can: see core.prepared.

    A generic plan is for those alone: whatever else Django asks has its values written out, and is planned for them.
    Switch it off behind a pool that gives every transaction another connection.
    """
    if database["ENGINE"].endswith(".postgresql") and env.bool("PREPARED_STATEMENTS", True):
        options = database.setdefault("OPTIONS", {})
        options.setdefault("prepare_threshold", 5)
        options["options"] = f"{options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
    return database
