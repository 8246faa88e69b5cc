// Ready questions about one thing, to paste into any SPARQL tool that has the graph.

const PREFIXES =
  'PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n';

/** An IRI that cannot end its own brackets. */
const iri = (text) =>
  `<${text.replace(/[\u0000-\u0020<>"{}|\\^`]/g, (char) => `%${char.codePointAt(0).toString(16).padStart(2, '0').toUpperCase()}`)}>`;

export const nodeQuery = (id) => `${PREFIXES}SELECT ?subject ?predicate ?object ?fact WHERE {
  VALUES ?it { ${iri(id)} }
  ?fact rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o .
  FILTER (?s = ?it || ?o = ?it)
  ?s rdfs:label ?subject .
  ?o rdfs:label ?object .
}
ORDER BY ?predicate ?subject ?object
`;

export const factQuery = (id) => `SELECT ?property ?value WHERE {
  ${iri(id)} ?property ?value .
}
ORDER BY ?property
`;
