"""Graph -> what people use: RDF, tables, a page, answers."""
