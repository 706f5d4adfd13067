"""The register for other systems: searched as on its pages, and told as to a reader of them."""
