# docker build -t clippings .
# docker run --rm -e DISCORD_TOKEN -v /srv/news:/coverage:ro -v clippings-cache:/cache -v clippings-store:/store clippings
# docker run --rm clippings ask "What is Meta building to rival GPT-4?"
# The bot is user 1000 in there: it must be allowed to read /srv/news.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    CLIPPINGS_COVERAGE__FOLDERS=/coverage \
    CLIPPINGS_COVERAGE__CACHE=/cache \
    CLIPPINGS_STORE__PATH=/store/clippings.sqlite3

WORKDIR /app

# The libraries before the source: this layer is built again only when a version changes.
COPY requirements-server.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-server.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY retrieval retrieval
# Files are copied with the rights they have where the image is built, which may be those of one user.
RUN pip install --no-cache-dir --no-deps --editable . \
    && python -m compileall -q bot retrieval \
    && chmod -R a+rX .

# A volume that is mounted over /coverage takes the place of the shipped articles.
COPY seeds /coverage
RUN useradd --uid 1000 --create-home clippings \
    && mkdir /articles /cache /store \
    && chown clippings /articles /cache /store \
    && chmod -R a+rX /coverage
USER clippings
VOLUME ["/coverage", "/articles", "/cache", "/store"]

ENTRYPOINT ["clippings"]
CMD ["run"]
