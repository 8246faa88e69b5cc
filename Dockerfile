# kg in a container, without root and without network at run time:
#   docker build -t kg .
#   docker run --rm --network none -v "$PWD:/work" --user "$(id -u):$(id -g)" kg build articles -o out
#   docker run --rm -p 127.0.0.1:8000:8000 -v "$PWD:/work:ro" kg serve out --host 0.0.0.0
FROM python:3.12-slim AS wheels
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY data data
COPY queries queries
COPY kg kg
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[mcp,office,serve]'

FROM python:3.12-slim
# it has one version: that of the wheels made above, and no index is asked
# hadolint ignore=DL3013
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --find-links=/wheels 'kg-zh[mcp,office,serve]'
RUN useradd --create-home --uid 10001 kg
USER 10001:10001
WORKDIR /work
ENV LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
EXPOSE 8000
ENTRYPOINT ["kg"]
CMD ["--help"]
