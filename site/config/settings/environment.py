"""Where the settings read the environment, and where the project lies."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[3]

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
