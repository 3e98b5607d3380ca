#!/usr/bin/env bash
# manage.py check --deploy with production settings and a complete environment must find nothing.
# $1: the address of a PostgreSQL database.
set -euo pipefail
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=config.settings.production
export SECRET_KEY="a-key-for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz"
export ALLOWED_HOSTS=ankerplaats.example SITE_URL=https://ankerplaats.example
export DATABASE_URL="$1" EMAIL_HOST=localhost DEFAULT_FROM_EMAIL="Ankerplaats <noreply@ankerplaats.example>"
export MFA_ENCRYPTION_KEYS="YS1rZXktZm9yLXRoaXMtY2hlY2stb25seS0wMTIzNDU="
VAR_DIR=$(mktemp -d)
STATIC_ROOT=$VAR_DIR/static
export VAR_DIR STATIC_ROOT
trap 'rm -rf "$VAR_DIR"' EXIT
.venv/bin/python manage.py check --deploy --fail-level WARNING
.venv/bin/python manage.py collectstatic --noinput --verbosity 0
echo "Production settings: check --deploy finds nothing; static files are collected."
