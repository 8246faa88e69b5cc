"""Questions in Chinese, without a net: what is asked is read by ``data/questions``, and answered by SPARQL with quotes."""
