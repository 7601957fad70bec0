FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=stockholm_intl.settings.production

# Pango sets the text of the PDFs; the fonts are our own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home app \
    && mkdir -p /srv/files \
    && chown app:app /srv/files

WORKDIR /srv/app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . ./

# Gathering static files asks for complete settings; these values live in this step only, and nothing listens there.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=postgresql://build@build.invalid/build \
    REDIS_URL=redis://build.invalid/0 \
    EMAIL_URL=smtp://build.invalid:25 \
    SITE_URL=https://build.invalid \
    FILES_DIR=/srv/files \
    python manage.py collectstatic --noinput

USER app
EXPOSE 8000
CMD ["gunicorn", "stockholm_intl.wsgi", "--bind", "0.0.0.0:8000"]
