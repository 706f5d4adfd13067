"""The page that shows people the description of the API: made from the document alone."""
