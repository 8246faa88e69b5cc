"""A graph over HTTP: SPARQL 1.1 Protocol, entity and article pages, search, the named queries as an API.

app        routes, and what is true of every answer: headers, limits, logs, metrics
protocol   what a SPARQL request asks for, and in which format
api        the named queries and the search as an API, with its OpenAPI description
pages/     HTML
workers    the pool of processes that may be killed
worker     the life of one of them
answers/   what it can be asked
search     names and quotes in SQLite
"""
